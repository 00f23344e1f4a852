import type { Result } from '../result/result.ts'
import { carryOut } from '../trial/carry-out.ts'
import { carryOutSearch } from '../trial/carry-out-search.ts'
import type { StopRequest, TrialEffects } from '../trial/carry-out.ts'
import { announce } from './announce.ts'
import type { Effects } from './effects.ts'
import type { Journal } from './open-journal.ts'
import type { RunOrder } from './run-order.ts'
import { showProgress } from './show-progress.ts'
import type { Voice } from './voice.ts'

/**
 * Carries out the plan, with progress on standard error and every window in the journal. The first signal stops
 * sending and waits for what is in flight, a second gives that up too.
 */
export async function measure(
  order: RunOrder,
  facts: TrialEffects['facts'],
  journal: Journal,
  voice: Voice,
  { terminal, processes }: Effects,
): Promise<Result> {
  const display = showProgress(voice, terminal)
  let stop: (request: StopRequest) => void = () => undefined
  let signals = 0
  const forget = processes.onStopSignal(signal => {
    signals += 1
    display.note(signals === 1 ? STOPPING : signals === 2 ? STOPPING_NOW : '')
    stop({ how: signals === 1 ? 'drain' : 'now', signal })
  })
  voice.say(`${announce(order, voice.columns)}\n`)
  let result: Result | undefined
  try {
    result = await trialOf(order, {
      workers: order.workers,
      ...(order.pacing && { pacing: order.pacing }),
      facts,
      onProgress: display.update,
      windows: journal,
      onStoppable: stopper => {
        stop = stopper
      },
    })
    return result
  } finally {
    forget()
    display.end(result?.search)
  }
}

function trialOf({ plan, resumed }: RunOrder, effects: TrialEffects): Promise<Result> {
  const { search } = plan
  return search === undefined
    ? carryOut(plan, effects)
    : carryOutSearch({ ...plan, search }, effects, resumed?.result)
}

const STOPPING = 'stopping: waiting for answers in flight; press Ctrl-C again to stop at once\n'
const STOPPING_NOW = 'stopping at once\n'
