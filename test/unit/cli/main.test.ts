import { expect, test } from 'vitest'
import type { Effects } from '../../../src/cli/effects.ts'
import { main } from '../../../src/cli/main.ts'
import { nodeEffects } from '../../../src/cli/node-effects.ts'

test('a fault of our own ends with 1 and says what to report', async () => {
  let told = ''
  const real = nodeEffects()
  const effects: Effects = {
    ...real,
    terminal: { ...real.terminal, tell: text => void (told += text) },
    processes: {
      ...real.processes,
      startSelf() {
        throw new Error('a bug of ours')
      },
    },
  }
  expect(await main(['demo'], effects)).toBe(1)
  expect(told).toContain('a fault of its own')
  expect(told).toContain('Please report it')
  expect(told).toContain(`plimsoll ${real.machine.toolVersion}, node ${process.version}`)
  expect(told).toContain('a bug of ours')
})
