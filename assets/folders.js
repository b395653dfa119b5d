// A tree of folders by keyboard (WAI-ARIA, tree view pattern), and what a right click offers. Bound by
// portail_app/components/folder_tree.py; every action is a visible button, too.

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

// A ref on the menu: it opens at the pointer, or under what has the focus, with what can be done there.
export function offerActions(menu) {
  const open = (event) => {
    const on = event.target.closest("[data-actions]");
    if (!on) return;
    event.preventDefault();
    for (const item of menu.querySelectorAll("[data-action]")) {
      const link = on.querySelector(`[data-does=${item.dataset.action}]`);
      item.hidden = !link;
      item.onclick = () => {
        menu.hidePopover();
        link.click();
      };
    }
    const box = on.getBoundingClientRect();
    const isByKeyboard = !event.clientX && !event.clientY;
    menu.showPopover();
    const left = isByKeyboard ? box.left : event.clientX;
    const top = isByKeyboard ? box.bottom : event.clientY;
    menu.style.left = `${Math.min(left, innerWidth - menu.offsetWidth - 8)}px`;
    menu.style.top = `${Math.min(top, innerHeight - menu.offsetHeight - 8)}px`;
    menu.querySelector("[data-action]:not([hidden])")?.focus();
  };
  const onKey = (event) => {
    const shown = [...menu.querySelectorAll("[data-action]:not([hidden])")];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    shown.at((shown.indexOf(document.activeElement) + step) % shown.length)?.focus();
  };
  document.addEventListener("contextmenu", open);
  menu.addEventListener("keydown", onKey);
  return () => document.removeEventListener("contextmenu", open);
}
