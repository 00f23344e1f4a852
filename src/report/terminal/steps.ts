import type { Step } from '../view.ts'
import type { Layout } from './layout.ts'
import { paragraph } from './section.ts'
import { wrapCommand } from './wrap-text.ts'

/** Numbered steps, each with its command below it. */
export function steps(next: readonly Step[], layout: Layout): readonly string[] {
  const { ansi, columns } = layout
  return next.flatMap(({ text, command }, index) => [
    ...paragraph({ text, lead: `${index + 1}. ` }, layout),
    ...wrapCommand(command ?? [], columns - 5).flatMap(line =>
      line === '' ? [] : `     ${ansi.bold(line)}`,
    ),
  ])
}
