// A tree of folders by keyboard (WAI-ARIA, tree view pattern), and what a right click offers. Bound by
// portail_app/components/documents/folder_tree.py; every action is a visible button, too.

// A ref on the tree: one of its items is in the tab order, arrows go from one to the other.
export function walkTree(tree) {
  const items = () => [...tree.querySelectorAll("[role=treeitem]")];
  const level = (item) => Number(item.getAttribute("aria-level"));
  const focus = (item) => {
    if (!item) return;
    for (const other of items()) other.tabIndex = other === item ? 0 : -1;
    item.focus();
  };
  const toggle = (item) => item.parentElement.querySelector("[data-toggle]")?.click();
  const parent = (item, all) => all.slice(0, all.indexOf(item)).findLast((other) => level(other) < level(item));

  const onKey = (event) => {
    const item = event.target.closest("[role=treeitem]");
    if (!item || event.altKey || event.ctrlKey || event.metaKey) return;
    const all = items();
    const place = all.indexOf(item);
    const expanded = item.getAttribute("aria-expanded");
    const steps = {
      ArrowDown: () => focus(all[place + 1]),
      ArrowUp: () => focus(all[place - 1]),
      Home: () => focus(all[0]),
      End: () => focus(all.at(-1)),
      ArrowRight: () => (expanded === "false" ? toggle(item) : expanded && focus(all[place + 1])),
      ArrowLeft: () => (expanded === "true" ? toggle(item) : focus(parent(item, all))),
      " ": () => item.click(),
    };
    if (!steps[event.key]) return;
    event.preventDefault();
    steps[event.key]();
  };
  tree.addEventListener("keydown", onKey);
  return () => tree.removeEventListener("keydown", onKey);
}

// A ref on the menu: it opens at the pointer, under a finger that stays, or beside what has the focus (menu key,
// Shift+F10), with what can be done there.
export function offerActions(menu) {
  const ending = new AbortController();
  const { signal } = ending;
  const show = (on, x, y) => {
    for (const item of menu.querySelectorAll("[data-action]")) {
      const does = on.querySelector(`[data-does=${item.dataset.action}]`);
      item.hidden = !does;
      item.onclick = () => {
        menu.hidePopover();
        does.click();
      };
    }
    if (!menu.querySelector("[data-action]:not([hidden])")) return;
    if (!menu.matches(":popover-open")) menu.showPopover();
    menu.style.left = `${Math.max(8, Math.min(x, innerWidth - menu.offsetWidth - 8))}px`;
    menu.style.top = `${Math.max(8, Math.min(y, innerHeight - menu.offsetHeight - 8))}px`;
    menu.querySelector("[data-action]:not([hidden])").focus();
  };
  const offered = (event) => event.target.closest?.("[data-actions]");

  document.addEventListener(
    "contextmenu",
    (event) => {
      const on = offered(event);
      if (!on) return;
      event.preventDefault();
      const box = on.getBoundingClientRect();
      const isByKeyboard = !event.clientX && !event.clientY;
      show(on, isByKeyboard ? box.left : event.clientX, isByKeyboard ? box.bottom : event.clientY);
    },
    { signal },
  );
  longPress(offered, show, menu, signal);
  menu.addEventListener(
    "keydown",
    (event) => {
      const shown = [...menu.querySelectorAll("[data-action]:not([hidden])")];
      const place = shown.indexOf(document.activeElement);
      const to = { ArrowDown: (place + 1) % shown.length, ArrowUp: place - 1, Home: 0, End: -1 }[event.key];
      if (event.key === "Tab") menu.hidePopover();
      if (to === undefined) return;
      event.preventDefault();
      shown.at(to)?.focus();
    },
    { signal },
  );
  return () => ending.abort();
}

const LONG_MS = 500;
const STILL_PX = 10;

// Not every browser says "contextmenu" when a finger stays. The finger that leaves would close the menu that it has
// opened, and press what it was on: it does neither.
function longPress(offered, show, menu, signal) {
  let waiting = 0;
  let start = null;
  let opened = null;
  const stop = () => clearTimeout(waiting);
  const on = (name, listener) => document.addEventListener(name, listener, { signal, passive: false });

  on("touchstart", (event) => {
    stop();
    opened = null;
    const place = offered(event);
    if (!place || event.touches.length > 1) return;
    const { clientX, clientY } = event.touches[0];
    start = { clientX, clientY };
    waiting = setTimeout(() => {
      opened = () => show(place, clientX, clientY);
      opened();
    }, LONG_MS);
  });
  on("touchmove", (event) => {
    const { clientX, clientY } = event.touches[0];
    if (start && Math.hypot(clientX - start.clientX, clientY - start.clientY) > STILL_PX) stop();
  });
  on("touchcancel", stop);
  on("touchend", (event) => {
    stop();
    if (!opened) return;
    event.preventDefault();
    if (!menu.matches(":popover-open")) opened();
  });
}
