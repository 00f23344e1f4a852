/** All but Char of XML 1.0, 5th edition, section 2.2: most C0 controls, lone surrogates, U+FFFE and U+FFFF. */
// oxlint-disable-next-line no-control-regex -- finding them is the purpose
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu

/**
 * A text that XML 1.0 can carry, ready for xmlbuilder2; what XML cannot carry, not even as a reference, is left out. Line
 * ends become LF, as a reader of XML makes them anyway. The library escapes `<`, `>` and quotes, but takes `&#0;` and
 * `&lt;` for references of the caller's own and leaves them as they are; `&amp;`, too, so that escaping it here is right.
 */
export const xmlText = (text: string): string =>
  text.replaceAll(/\r\n?/g, '\n').replaceAll(FORBIDDEN, '').replaceAll('&', '&amp;')

/** The same on one line, for an attribute: a reader turns tab and line feed there into spaces. */
export const xmlAttribute = (text: string): string => xmlText(text).replaceAll(/[\t\n]/g, ' ')
