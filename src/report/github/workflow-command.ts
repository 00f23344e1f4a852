/**
 * A line by which GitHub Actions marks a step's page: `::error title=…::…`. Percent, CR and LF are escaped in the message,
 * colon and comma in the title as well, as `escapeData` and `escapeProperty` of actions/toolkit do it
 * (`packages/core/src/command.ts`).
 */
export const workflowCommand = (kind: 'error' | 'warning', title: string, message: string): string =>
  `::${kind} title=${escapeProperty(title)}::${escapeData(message)}\n`

const escapeData = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')

const escapeProperty = (text: string): string =>
  escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
