/** Longest head that a report keeps: one of this length was cut. */
const KEPT_CHARACTERS = 2048

export interface ResponseHead {
  readonly status: number
  /** By name in lower case; the lines of one name in their order. */
  readonly fields: ReadonlyMap<string, readonly string[]>
  /** Whether the end of it was not kept: then nothing can be said to be missing. */
  readonly cut: boolean
}

/** Reads a status line and header lines; undefined where the text is something else, such as an error. */
export function readHead(text: string): ResponseHead | undefined {
  const [first = '', ...lines] = text.split(/\r?\n/)
  const status = /^HTTP\/[\d.]+ (\d{3})(?: |$)/.exec(first)?.[1]
  if (status === undefined) return undefined
  const fields = new Map<string, string[]>()
  for (const line of lines) {
    const colon = line.indexOf(':')
    if (colon < 1) continue
    const name = line.slice(0, colon).toLowerCase()
    fields.set(name, [...(fields.get(name) ?? []), line.slice(colon + 1).trim()])
  }
  return { status: Number(status), fields, cut: text.length >= KEPT_CHARACTERS }
}

/** All lines of one name as one list (RFC 9110 §5.3); undefined where there is none. */
export const fieldValue = ({ fields }: ResponseHead, name: string): string | undefined =>
  fields.get(name)?.join(', ')
