/** Spaces inside `1 140/s`, `95 %`, `12.4 ms`, `3 of 5`: between a digit and its thousands or its unit. */
const INSIDE = /(?<=\d) (?=\d{3}(?!\d)|%|(?:ns|µs|ms|s|min|B|kB|MB|GB)(?![\p{L}\d]))/gu

/** A number and its unit belong on one line: their spaces become no-break spaces. */
export const unbreakable = (text: string): string => text.replaceAll(INSIDE, '\u00a0')
