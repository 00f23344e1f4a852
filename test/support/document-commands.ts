/** A command line of a document, as a reader would type it. */
export interface DocumentCommand {
  readonly line: number
  readonly command: string
  /** What it should end with: `# exits N` after the command, or 0. */
  readonly exits: number
}

export interface DocumentFence {
  readonly language: string
  /** Of the first line inside the fence, counted from 1. */
  readonly line: number
  readonly text: string
}

/** The fenced blocks of a Markdown text; fences inside lists may be indented. */
export function fencesOf(markdown: string): DocumentFence[] {
  const fences: DocumentFence[] = []
  let open: { indent: string; language: string; line: number; lines: string[] } | undefined
  for (const [index, line] of markdown.split('\n').entries()) {
    const mark = /^(\s*)```(\w*)\s*$/.exec(line)
    if (mark === null) open?.lines.push(line.startsWith(open.indent) ? line.slice(open.indent.length) : line)
    else if (open === undefined) open = { indent: mark[1]!, language: mark[2]!, line: index + 2, lines: [] }
    else {
      fences.push({ language: open.language, line: open.line, text: open.lines.join('\n') })
      open = undefined
    }
  }
  return fences
}

/** The commands of the ```sh fences, in order; a line that ends in a backslash goes on in the next. */
export function commandsOf(markdown: string): DocumentCommand[] {
  return fencesOf(markdown)
    .filter(({ language }) => language === 'sh')
    .flatMap(({ text, line }) => commandsIn(text, line))
}

function commandsIn(text: string, firstLine: number): DocumentCommand[] {
  const commands: DocumentCommand[] = []
  let begun = ''
  for (const [index, line] of text.split('\n').entries()) {
    if (line.endsWith('\\')) {
      begun += `${line.slice(0, -1).trim()} `
      continue
    }
    const [command = '', remark = ''] = (begun + line.trim()).split(/\s+#\s+|^#\s+/, 2)
    begun = ''
    const exits = Number(/^exits (\d+)/.exec(remark)?.[1] ?? 0)
    if (command !== '') commands.push({ line: firstLine + index, command, exits })
  }
  return commands
}
