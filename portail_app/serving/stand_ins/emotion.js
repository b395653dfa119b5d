// In place of @emotion/react: the portal is styled by its stylesheets, so React's own elements are enough.
// A style given to a component in Python becomes an inline style.
import { createElement, Fragment } from "react";

export { Fragment };

export function jsx(type, props, ...children) {
  if (!props || !props.css) return createElement(type, props, ...children);
  const { css, ...others } = props;
  return createElement(type, { ...others, style: css }, ...children);
}
