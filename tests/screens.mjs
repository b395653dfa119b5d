// Answers, line by line, what a component shows: Reflex wrote it as calls of `jsx`, with the states as variables.
import {readFileSync} from "node:fs";
import {createInterface} from "node:readline";

const asked = [], called = [];
let isPressed = false;
const known = {
  jsx: (tag, props, ...children) => ({tag: tag?.token ?? tag, props, children}),
  ReflexEvent: (name, payload) => ({name, payload}),
  addEvents: (events) => asked.push(...events),
  graphProps: (figure) => ({figure}),
  ...pythonIn(readFileSync(`${process.argv[2]}/state.js`, "utf8")),
  compareDatetime: (await import(`${process.argv[2]}/helpers/datetime.js`)).default,
};

createInterface({input: process.stdin}).on("line", (line) => {
  process.stdout.write(JSON.stringify(answer(JSON.parse(line))) + "\n");
});

function answer({script, states, zone}) {
  process.env.TZ = zone;
  const scope = new Proxy({...known, ...states}, {
    has: (_, name) => typeof name === "string" && name !== "undefined",
    get: (all, name) => typeof name !== "string" ? undefined : all[name] ?? globalThis[name] ?? imported(name),
  });
  try {
    return shown(new Function("scope", `with (scope) { return ${script}; }`)(scope));
  } catch (failure) {
    return failure.stack;
  }
}

// What Reflex has the browser do as Python would.
function pythonIn(source) {
  const text = source.slice(source.indexOf("export const isTrue"), source.indexOf("export const mergeRefs"));
  const names = [...text.matchAll(/export const (\w+)/g)].map(([, name]) => name);
  return new Function(`${text.replaceAll("export const", "const")}; return {${names}};`)();
}

// What a page imports and a browser does: it is shown by its name.
function imported(name) {
  const token = (...given) => {
    if (!isPressed) throw new Error(`${name} is not known here`);
    called.push(`${name}(${given.map((one) => JSON.stringify(one)).join(", ")})`);
  };
  return Object.assign(token, {token: name});
}

function shown(drawn) {
  if (drawn == null || typeof drawn === "boolean") return [];
  if (Array.isArray(drawn)) return drawn.flatMap(shown);
  if (typeof drawn !== "object") return [{text: String(drawn)}];
  const children = shown(drawn.children);
  return drawn.tag === "Fragment" ? children : [{tag: drawn.tag, properties: written(drawn.props), children}];
}

function written(props) {
  const told = Object.entries(props).map(([name, value]) => [name, typeof value === "function" ? done(value) : value]);
  return Object.fromEntries(told.filter(([, value]) => value != null));
}

// What a press would send; else what it has the browser itself do.
function done(handler) {
  if (handler.token) return handler.token;
  asked.length = called.length = 0;
  isPressed = true;
  handler({target: {value: "typed", checked: true}, preventDefault() {}, stopPropagation() {}});
  isPressed = false;
  return asked.length ? asked.map(({name, payload}) => ({name: name.split(".").pop(), payload})) : called.join("; ");
}
