import { expect, test } from 'vitest'
import type { Effects, StopSignal } from '../../../src/cli/effects.ts'
import { hearStop } from '../../../src/cli/hear-stop.ts'
import { nodeEffects } from '../../../src/cli/node-effects.ts'

/** A terminal in which somebody presses keys when the test says so. */
function pressing(): { readonly effects: Effects; readonly press: (signal: StopSignal) => void } {
  const listeners = new Set<(signal: StopSignal) => void>()
  const real = nodeEffects()
  return {
    effects: {
      ...real,
      processes: {
        ...real.processes,
        onStopSignal(listener) {
          listeners.add(listener)
          return () => listeners.delete(listener)
        },
      },
    },
    press: signal => listeners.forEach(listener => listener(signal)),
  }
}

test('a signal between two runs is told to the next, and one within a run to that alone', async () => {
  const { effects, press } = pressing()
  const hearing = hearStop(effects)
  const heard: string[] = []
  const run = (name: string): (() => void) =>
    hearing.effects.processes.onStopSignal(signal => heard.push(`${name}: ${signal}`))

  run('first')()
  expect(hearing.exit()).toBe(undefined)
  press('SIGTERM')
  const forget = run('second')
  await Promise.resolve()
  expect(heard).toEqual(['second: SIGTERM'])
  press('SIGINT')
  expect(heard).toEqual(['second: SIGTERM', 'second: SIGINT'])
  // The first one decides.
  expect(hearing.exit()).toBe(143)
  forget()
  hearing.forget()
})

test('130 after Ctrl-C, and nothing more is heard when it is over', () => {
  const { effects, press } = pressing()
  const hearing = hearStop(effects)
  press('SIGINT')
  expect(hearing.exit()).toBe(130)
  const other = hearStop(effects)
  other.forget()
  press('SIGINT')
  expect(other.exit()).toBe(undefined)
})
