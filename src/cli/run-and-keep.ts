import { renderJson } from '../report/render-json.ts'
import type { Report } from '../report/report.ts'
import { renderTerminal } from '../report/terminal/render-terminal.ts'
import { viewReport } from '../report/view/view-report.ts'
import type { TrialEffects } from '../trial/carry-out.ts'
import type { Problem } from '../units/problem.ts'
import { conclude } from './conclude.ts'
import type { Effects } from './effects.ts'
import { EXIT } from './exit-code.ts'
import type { ExitCode } from './exit-code.ts'
import { measure } from './measure.ts'
import { openJournal } from './open-journal.ts'
import type { Journal } from './open-journal.ts'
import { refuse } from './refuse.ts'
import { cannotWrite } from './run-order.ts'
import type { RunOrder } from './run-order.ts'
import type { Voice } from './voice.ts'

/** `exit` where the report could not be written; without a report nothing was measured. */
export type KeptRun =
  | { readonly report: Report; readonly exit?: ExitCode }
  | { readonly report?: undefined; readonly exit: ExitCode }

/** Measures, concludes and writes the report; what it says is for the caller to tell. */
export async function runAndKeep(order: RunOrder, voice: Voice, effects: Effects): Promise<KeptRun> {
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
    return { exit: EXIT.internalError, report }
  }
  for (const path of [journal.path, journal.aside]) if (path !== undefined) await files.remove(path)
  return { report }
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

function unwritableReport(error: unknown): Problem {
  const message = `the report cannot be written: ${(error as Error).message}`
  return cannotWrite('--out', message, 'name a file in a folder that you may write to')
}

const unwrittenReport = (error: unknown, { path, isWhole }: Journal): string =>
  `The run is over, but its report could not be written: ${(error as Error).message}\n` +
  `${isWhole ? 'What was measured' : 'The part of it that the disk still took'} is in ${path}; read it with: plimsoll report ${path}\n`
