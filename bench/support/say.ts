import { wrapText } from '../../src/report/terminal/wrap-text.ts'

const COLUMNS = 80

/** Prints text at 80 columns; lines that are drawn, such as those of a table, stay as they are. */
export function say(text: string): void {
  for (const line of text.split('\n')) {
    const lines = /^[┌├│└]/.test(line) ? [line] : wrapText(line, COLUMNS)
    process.stdout.write(`${lines.join('\n')}\n`)
  }
}
