import { setTimeout as sleep } from 'node:timers/promises'
import { ClosedDrive } from '../../src/generator/closed-drive.ts'
import type { Word } from '../../src/generator/message.ts'
import type { Address } from '../../src/http/address.ts'
import type { PlanShare } from '../../src/pacing/schedule.ts'
import type { Plan } from '../../src/plan/plan.ts'
import { layOutWindows } from '../../src/plan/window-layout.ts'
import { combineParts } from '../../src/recording/combine-parts.ts'
import type { TickPart, WindowPart } from '../../src/recording/window-part.ts'
import type { Outcome } from '../../src/result/outcome.ts'
import type { Flow, IntervalWindow, Sample } from '../../src/result/result.ts'

/** A closed drive in this very thread, with all it tells. */
export class WatchedClosedDrive {
  readonly drive: ClosedDrive
  readonly parts: WindowPart[] = []
  readonly ticks: TickPart[] = []
  readonly samples: Sample[] = []
  readonly ends: Flow[] = []
  readonly #plan: Plan

  constructor(plan: Plan, address: Address, share: PlanShare = { index: 0, count: 1 }) {
    this.#plan = plan
    this.drive = new ClosedDrive({ plan, share, address }, performance.now() + 20, word => this.#hear(word))
  }

  #hear(word: Word): void {
    if (word.word === 'windows') this.parts.push(...word.windows)
    else if (word.word === 'tick') this.ticks.push(word.tick)
    else if (word.word === 'sample') this.samples.push(word.sample)
    else if (word.word === 'done') this.ends.push(word.drain)
  }

  /** Resolves when the drive says that it is done; twenty seconds are more than any test needs. */
  async done(): Promise<this> {
    const end = performance.now() + 20_000
    while (this.ends.length === 0) {
      if (performance.now() > end) throw new Error('the drive is not done after 20 s')
      await sleep(5)
    }
    return this
  }

  get windows(): IntervalWindow[] {
    const spans = layOutWindows(this.#plan)
    return this.parts.map(part => combineParts([part], spans[part.index]!, 0))
  }

  /** Requests by what became of them: `200`, `timed-out`, or a cause. */
  get outcomes(): Record<string, number> {
    return countOutcomes(this.windows)
  }
}

export function countOutcomes(windows: readonly IntervalWindow[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { outcome, count } of windows.flatMap(({ series }) => series)) {
    const name = nameOf(outcome)
    counts[name] = (counts[name] ?? 0) + count
  }
  return counts
}

function nameOf(outcome: Outcome): string {
  if (outcome.kind === 'answered') return String(outcome.status)
  if (outcome.kind === 'failed') return outcome.cause
  return outcome.kind === 'never-sent' ? outcome.reason : outcome.kind
}
