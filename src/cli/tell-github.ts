import { annotations } from '../report/github/annotations.ts'
import { outputLines, stepOutputs } from '../report/github/step-outputs.ts'
import type { WrittenFiles } from '../report/github/step-outputs.ts'
import { renderMarkdown } from '../report/markdown/render-markdown.ts'
import type { Report } from '../report/report.ts'
import { viewReport } from '../report/view/view-report.ts'
import type { Effects } from './effects.ts'

/** What a step of GitHub Actions is told; each is made only where it is taken. */
export interface StepStory {
  /** Markdown, for the page of the job. */
  readonly summary: () => string
  readonly outputs: () => Readonly<Record<string, string>>
  /** Lines that GitHub takes for commands. */
  readonly annotations: () => string
}

/** A run in a step of GitHub Actions: its report, outputs and annotations. Elsewhere nothing. */
export async function tellGithub(report: Report, written: WrittenFiles, effects: Effects): Promise<void> {
  await tellStep(
    {
      summary: () => renderMarkdown(viewReport(report)),
      outputs: () => stepOutputs(report, written),
      annotations: () => annotations(viewReport(report)),
    },
    effects,
  )
}

/**
 * The summary on the page of the job, outputs for later steps, and annotations. Annotations go to standard error, which
 * GitHub reads as well, so that standard output stays what was asked for. A file that cannot be appended to is told of and
 * changes nothing else.
 */
export async function tellStep(
  { summary, outputs, annotations: marks }: StepStory,
  { github, terminal, files, machine }: Effects,
): Promise<void> {
  const { summaryFile, outputFile, takesAnnotations } = github
  const append = async (what: string, path: string, text: string): Promise<void> => {
    try {
      await files.append(path, text)
    } catch (error) {
      terminal.tell(`The ${what} for GitHub could not be appended: ${(error as Error).message}\n`)
    }
  }
  // What an earlier command of the step wrote may end without a line's end.
  if (summaryFile !== undefined) await append('job summary', summaryFile, `\n${summary()}\n`)
  if (outputFile !== undefined)
    await append('outputs', outputFile, outputLines(outputs(), `plimsoll-${machine.newId()}`))
  if (takesAnnotations) terminal.tell(marks())
}
