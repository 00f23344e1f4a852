/** What a run wrote under a heading of its own. */
export interface KeptRun {
  readonly title: string
  readonly text: string
}

const HEADING = '### '

/** The runs that a section shows, each below a heading of the third level. */
export function readRuns(section: string): KeptRun[] {
  return section
    .split(/^### /m)
    .slice(1)
    .map(part => {
      const [title = '', ...lines] = part.split('\n')
      return { title: title.trim(), text: lines.join('\n').trim() }
    })
}

/** The run of now above the latest of those before; a run of the same title is replaced. */
export const withRun = (run: KeptRun, before: readonly KeptRun[], keep: number): readonly KeptRun[] =>
  [run, ...before.filter(({ title }) => title !== run.title)].slice(0, keep)

export const writeRuns = (runs: readonly KeptRun[]): string =>
  runs.map(({ title, text }) => `${HEADING}${title}\n\n${text.trim()}`).join('\n\n')
