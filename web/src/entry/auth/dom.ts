type Child = Node | string | null;
type Attributes = Record<string, string | boolean | undefined>;

/** Makes an element. Text is only ever set as text, so nothing a server or person wrote can become markup. */
export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, '');
    else if (typeof value === 'string') element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

const svgNamespace = 'http://www.w3.org/2000/svg';

/** A drawing from its paths; decoration only. */
export function makeIcon(viewBox: string, size: number, ...shapes: [tag: string, attributes: Record<string, string>][]): SVGElement {
  const svg = document.createElementNS(svgNamespace, 'svg');
  for (const [name, value] of Object.entries({ viewBox, width: String(size), height: String(size), 'aria-hidden': 'true', fill: 'none' })) {
    svg.setAttribute(name, value);
  }
  for (const [tag, attributes] of shapes) {
    const shape = document.createElementNS(svgNamespace, tag);
    for (const [name, value] of Object.entries(attributes)) shape.setAttribute(name, value);
    svg.append(shape);
  }
  return svg;
}
