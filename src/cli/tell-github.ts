import { annotations } from '../report/github/annotations.ts'
import { outputLines, stepOutputs } from '../report/github/step-outputs.ts'
import type { WrittenFiles } from '../report/github/step-outputs.ts'
import { renderMarkdown } from '../report/markdown/render-markdown.ts'
import type { Report } from '../report/report.ts'
import { viewReport } from '../report/view/view-report.ts'
import type { Effects } from './effects.ts'

/**
 * In a step of GitHub Actions: the report on the page of the job, outputs for later steps, and annotations. Elsewhere
 * nothing. Annotations go to standard error, which GitHub reads as well, so that standard output stays what was asked
 * for. A file that cannot be appended to is told of and changes nothing else.
 */
export async function tellGithub(
  report: Report,
  written: WrittenFiles,
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
  if (summaryFile === undefined && outputFile === undefined && !takesAnnotations) return
  const view = viewReport(report)
  // What an earlier command of the step wrote may end without a line's end.
  if (summaryFile !== undefined) await append('job summary', summaryFile, `\n${renderMarkdown(view)}\n`)
  if (outputFile !== undefined) {
    const lines = outputLines(stepOutputs(report, written), `plimsoll-${machine.newId()}`)
    await append('outputs', outputFile, lines)
  }
  if (takesAnnotations) terminal.tell(annotations(view))
}
