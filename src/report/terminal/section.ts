import { INDENT } from './layout.ts'
import type { Layout } from './layout.ts'
import { padEnd, textWidth } from './text-width.ts'
import { wrapText } from './wrap-text.ts'

/** A heading and its lines, or nothing where there are none. */
export function section(
  heading: string,
  lines: readonly string[],
  { ansi, columns }: Layout,
): readonly string[] {
  if (lines.length === 0) return []
  return ['', ...wrapText(heading, columns).map(ansi.heading), ...lines]
}

export interface Paragraph {
  readonly text: string
  /** Stands before the first line; the others are indented by its width. */
  readonly lead?: string
  readonly indent?: string
  readonly paint?: (line: string) => string
  readonly paintLead?: (lead: string) => string
}

/** Running text, wrapped, each line indented below the first. */
export function paragraph(
  { text, lead = '', indent = INDENT, paint, paintLead }: Paragraph,
  { prose }: Layout,
): readonly string[] {
  const hanging = indent.length + textWidth(lead)
  return wrapText(text, prose - hanging).map((line, index) => {
    const before = index === 0 ? indent + (paintLead?.(lead) ?? lead) : ' '.repeat(hanging)
    return before + (paint?.(line) ?? line)
  })
}

/** Label and value in two columns. */
export function facts(
  rows: readonly { readonly label: string; readonly value: string }[],
  layout: Layout,
): readonly string[] {
  const width = Math.max(...rows.map(({ label }) => textWidth(label)), 0) + 2
  return rows.flatMap(({ label, value }) =>
    paragraph({ text: value, lead: padEnd(label, width), paintLead: layout.ansi.dim }, layout),
  )
}
