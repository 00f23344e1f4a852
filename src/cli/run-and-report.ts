import { renderJson, renderSummary } from '../report/render-json.ts'
import type { Report } from '../report/report.ts'
import { renderTerminal } from '../report/terminal/render-terminal.ts'
import { shellWord } from '../report/view/shell-word.ts'
import { viewReport } from '../report/view/view-report.ts'
import type { TrialEffects } from '../trial/carry-out.ts'
import type { Problem } from '../units/problem.ts'
import { conclude } from './conclude.ts'
import type { Effects } from './effects.ts'
import { EXIT } from './exit-code.ts'
import type { ExitCode } from './exit-code.ts'
import { explainStop } from './explain-stop.ts'
import { measure } from './measure.ts'
import { openJournal } from './open-journal.ts'
import type { Journal } from './open-journal.ts'
import { refuse } from './refuse.ts'
import { resumeCommand } from './resume-order.ts'
import { renderPage } from './render-page.ts'
import { cannotWrite } from './run-order.ts'
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
  const facts = factsOf(order, effects)
  let journal: Journal
  try {
    if (order.html !== undefined) await files.makeFolderFor(order.html)
    journal = await openJournal(order, facts, effects)
  } catch (error) {
    return { exit: refuse([unwritableReport(error)], terminal) }
  }
  const result = await measure(order, facts, journal, voice, effects)
  journal.close()
  const report = conclude(result, order.analysis)
  try {
    await files.replace(order.out, renderJson(report))
  } catch (error) {
    voice.say(`\n${renderTerminal(viewReport(report), voice)}\n`)
    terminal.tell(unwrittenReport(error, journal))
    await tellGithub(report, {}, effects)
    return { exit: EXIT.internalError, report }
  }
  for (const path of [journal.path, journal.aside]) if (path !== undefined) await files.remove(path)
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

function factsOf({ scenario, pacing, calibration }: RunOrder, { machine }: Effects): TrialEffects['facts'] {
  return {
    id: machine.newId(),
    toolVersion: machine.toolVersion,
    ...(pacing && { pacing }),
    ...(calibration && { calibration }),
    scenario,
    machine: machine.facts,
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

function unwritableReport(error: unknown): Problem {
  const message = `the report cannot be written: ${(error as Error).message}`
  return cannotWrite('--out', message, 'name a file in a folder that you may write to')
}

const unwrittenReport = (error: unknown, { path, isWhole }: Journal): string =>
  `The run is over, but its report could not be written: ${(error as Error).message}\n` +
  `${isWhole ? 'What was measured' : 'The part of it that the disk still took'} is in ${path}; read it with: plimsoll report ${path}\n`
