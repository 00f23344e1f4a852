import { renderSummary } from '../report/render-json.ts'
import type { Report } from '../report/report.ts'
import { renderTerminal } from '../report/terminal/render-terminal.ts'
import { shellWord } from '../report/view/shell-word.ts'
import { viewReport } from '../report/view/view-report.ts'
import type { Effects } from './effects.ts'
import { EXIT } from './exit-code.ts'
import type { ExitCode } from './exit-code.ts'
import { explainStop } from './explain-stop.ts'
import { runAndKeep } from './run-and-keep.ts'
import { resumeCommand } from './resume-order.ts'
import { renderPage } from './render-page.ts'
import type { RunOrder } from './run-order.ts'
import { tellGithub } from './tell-github.ts'
import type { Voice } from './voice.ts'

export interface RunOutcome {
  readonly exit: ExitCode
  /** Absent when nothing was measured because the report could not have been written. */
  readonly report?: Report
}

/** Measures, concludes, writes and tells. Whatever ends the run, a report of what was measured is left. */
export async function runAndReport(order: RunOrder, voice: Voice, effects: Effects): Promise<RunOutcome> {
  const { files, terminal } = effects
  const kept = await runAndKeep(order, voice, effects)
  if (kept.report === undefined) return { exit: kept.exit }
  const { report } = kept
  if (kept.exit !== undefined) {
    await tellGithub(report, {}, effects)
    return { exit: kept.exit, report }
  }
  const lostPage = await writePage(report, order, files)
  const page = lostPage === undefined ? order.html : undefined
  tellReport(report, { ...order, html: page }, voice, effects)
  await tellGithub(report, { report: order.out, page }, effects)
  if (lostPage === undefined) return { exit: exitCodeOf(report), report }
  terminal.tell(lostPage)
  return { exit: EXIT.internalError, report }
}

/** What to tell when there is to be a page and it cannot be written; the report itself is safe by then. */
async function writePage(
  report: Report,
  { html, out }: RunOrder,
  files: Effects['files'],
): Promise<string | undefined> {
  if (html === undefined) return undefined
  try {
    await files.replace(html, await renderPage(report, files))
    return undefined
  } catch (error) {
    return (
      `The page could not be written: ${(error as Error).message}\n` +
      `The report itself is in ${out}; make the page from it with: plimsoll report ${out} --format html -o FILE\n`
    )
  }
}

function tellReport(report: Report, order: RunOrder, voice: Voice, { terminal }: Effects): void {
  const { ended } = report.run
  const { columns, colour } = voice
  voice.say(`\n${renderTerminal(viewReport(report), { columns, colour })}`)
  voice.say(`\nreport: ${order.out}\n${order.html === undefined ? '' : `page:   ${order.html}\n`}`)
  if (voice.isJson) terminal.print(renderSummary(report))
  if (ended.how === 'stopped') terminal.tell(explainStop(ended))
  const command = resumeCommand(report.result, order.out)
  if (command !== undefined) voice.say(`go on:  ${command.map(shellWord).join(' ')}\n`)
}

function exitCodeOf({ run, verdict }: Report): ExitCode {
  const { ended } = run
  if (ended.how === 'interrupted') return ended.signal === 'SIGINT' ? EXIT.interrupted : EXIT.terminated
  return ended.how === 'stopped' ? EXIT.inconclusive : EXIT[verdict]
}
