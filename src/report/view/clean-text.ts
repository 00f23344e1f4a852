/** C0, DEL, C1, line and paragraph separators, and the marks that turn the direction of what follows. */
// oxlint-disable-next-line no-control-regex -- finding them is the purpose
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+/g

/** Names and answers come from outside: an escape code in one of them must not reach a terminal. */
export const cleanText = (text: string): string => text.replaceAll(UNSAFE, ' ')

/** The same for every text inside plain data. */
export function cleanTexts<Data>(data: Data): Data {
  if (typeof data === 'string') return cleanText(data) as Data
  if (Array.isArray(data)) return data.map((item: unknown) => cleanTexts(item)) as Data
  if (typeof data !== 'object' || data === null) return data
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => [key, cleanTexts<unknown>(value)]),
  ) as Data
}
