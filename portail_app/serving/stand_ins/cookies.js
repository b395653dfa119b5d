// In place of universal-cookie: the portal's only cookie is HttpOnly, no script reads or writes one.
export default class Cookies {
  get() {
    throw new Error("The portal has no cookies that scripts may read: see portail_app/serving/light.py.");
  }

  set() {
    throw new Error("The portal has no cookies that scripts may write: see portail_app/serving/light.py.");
  }
}
