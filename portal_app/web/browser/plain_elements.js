// Stands in for @emotion/react: the portal writes no styles in Python, so elements are plain React elements. What
// Reflex itself still styles (its own connection sign) keeps an ordinary style attribute.
import { createElement, Fragment } from "react";

export { Fragment };

export const jsx = (type, props, ...children) => {
  if (!props || !("css" in props)) return createElement(type, props, ...children);
  const { css, ...rest } = props;
  return createElement(type, { ...rest, style: css }, ...children);
};

export const css = (value) => value;
export const keyframes = () => "none";
export const Global = () => null;
