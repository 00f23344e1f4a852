import { setTimeout as sleep } from 'node:timers/promises'
import { Drive } from '../../src/generator/drive.ts'
import type { Word } from '../../src/generator/message.ts'
import type { Address } from '../../src/http/address.ts'
import { createSchedule } from '../../src/pacing/schedule.ts'
import type { PlanShare } from '../../src/pacing/schedule.ts'
import type { Plan } from '../../src/plan/plan.ts'
import { layOutWindows } from '../../src/plan/window-layout.ts'
import { combineParts } from '../../src/recording/combine-parts.ts'
import type { TickPart, WindowPart } from '../../src/recording/window-part.ts'
import type { Flow, IntervalWindow } from '../../src/result/result.ts'

export const WHOLE: PlanShare = { index: 0, count: 1 }

export interface WatchOptions {
  readonly share?: PlanShare
  readonly startsInMs?: number
  readonly growing?: boolean
}

/** A drive in this very thread, with all it tells. */
export class WatchedDrive {
  readonly drive: Drive
  readonly parts: WindowPart[] = []
  readonly ticks: TickPart[] = []
  readonly ends: Flow[] = []
  #plan: Plan

  constructor(
    plan: Plan,
    address: Address,
    { share = WHOLE, startsInMs = 20, growing = false }: WatchOptions = {},
  ) {
    this.#plan = plan
    const task = {
      pacing: 'spin' as const,
      plan,
      share,
      address,
      growing,
    }
    this.drive = new Drive(task, performance.now() + startsInMs, word => this.#hear(word))
  }

  /** The plan has grown to these. */
  extend(stages: Plan['stages']): void {
    this.#plan = { ...this.#plan, stages }
    this.drive.extend(stages)
  }

  #hear(word: Word): void {
    // Across a thread everything is copied; here, what was told must not change afterwards either.
    const told = structuredClone(word)
    if (told.word === 'windows') this.parts.push(...told.windows)
    else if (told.word === 'tick') this.ticks.push(told.tick)
    else if (told.word === 'done') this.ends.push(told.drain)
  }

  /** Resolves when the drive says that it is done; twenty seconds are more than any test needs. */
  async done(): Promise<void> {
    const end = performance.now() + 20_000
    while (this.ends.length === 0) {
      if (performance.now() > end) throw new Error('the drive is not done after 20 s')
      await sleep(5)
    }
  }

  get windows(): IntervalWindow[] {
    const spans = layOutWindows(this.#plan)
    return this.parts.map(part => combineParts([part], spans[part.index]!, 0))
  }

  /** Intended starts that the plan has for each window that was told of, up to where it was cut. */
  get due(): number[] {
    const spans = layOutWindows(this.#plan)
    return this.parts.map(({ index, to }) => {
      const last = index === spans.length - 1 && to === spans[index]!.to
      let count = 0
      for (const schedule = createSchedule(this.#plan, WHOLE); schedule.at < Infinity; schedule.advance()) {
        if (schedule.at >= spans[index]!.from && (last || schedule.at < to)) count += 1
      }
      return count
    })
  }
}

/** Keeps this thread from doing anything else. */
export function block(milliseconds: number): void {
  const end = performance.now() + milliseconds
  while (performance.now() < end);
}
