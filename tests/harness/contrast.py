"""How well the text of a page stands out from what is behind it, measured in a browser."""

from __future__ import annotations

from playwright.sync_api import Page

_LEAST = """selector => {
  const numbers = text => text.match(/[\\d.]+/g).map(Number);
  const linear = part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  const shares = [0.2126, 0.7152, 0.0722];
  const luminance = colour => shares.reduce((sum, share, i) => sum + share * linear(colour[i] / 255), 0);
  const seen = colour => colour.length < 4 || colour[3] > 0;
  const fill = element => {
    if (element === null) return [255, 255, 255];
    const colour = numbers(getComputedStyle(element).backgroundColor);
    return seen(colour) ? colour : fill(element.parentElement);
  };
  const ratio = element => {
    const text = numbers(getComputedStyle(element).color);
    const [dark, light] = [text, fill(element)].map(luminance).sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  };
  return Math.min(...[...document.querySelectorAll(selector)].map(ratio));
}"""


def least_contrast(page: Page, selector: str) -> float:
    """Return the least contrast of text to its background, 1 to 21 as WCAG 2 measures it, of the elements selected."""
    return float(page.evaluate(_LEAST, selector))
