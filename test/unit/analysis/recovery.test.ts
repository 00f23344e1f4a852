import { describe, expect, test } from 'vitest'
import { analyse } from '../../../src/analysis/analyse.ts'
import type { Recovery } from '../../../src/analysis/findings.ts'
import type { Plan } from '../../../src/plan/plan.ts'
import { exponential, fixed, queue, withGatewayTimeout } from '../../support/servers.ts'
import type { ServerModel } from '../../support/servers.ts'
import { hold, planOf, simulateResult, stage } from '../../support/simulate-result.ts'

const recoveryOf = (stages: Plan['stages'], model: ServerModel): Recovery | null =>
  analyse(simulateResult(planOf(stages, { arrivals: 'even' }), model)).recovery

const d1 = queue(fixed(0.002))
const ramp = stage('ramp', 50, 800, 40)

describe('after the overload', () => {
  test('the backlog drains at the spare rate: 300²/(2·18.75) = 2400 requests over 500 − 250 take 9.6 s', () => {
    const recovery = recoveryOf([ramp, hold('low', 250, 20)], d1)!
    expect(recovery).toMatchObject({ recovered: true, metastable: false })
    expect(Math.abs(recovery.seconds! - 9.6)).toBeLessThanOrEqual(1)
  })

  test('a full buffer of 100 is gone within the second', () => {
    const recovery = recoveryOf([ramp, hold('low', 100, 10)], queue(exponential(400), 1, 100))!
    expect(recovery.recovered).toBe(true)
    expect(recovery.seconds).toBeLessThanOrEqual(1)
  })

  test('too short a stage does not decide', () => {
    expect(recoveryOf([ramp, hold('low', 250, 5)], d1)).toMatchObject({
      recovered: false,
      seconds: null,
      metastable: false,
    })
  })

  test('work that a timeout only hid is waited for: 10 000 requests over 250/s are 40 s, though few are in flight', () => {
    const stages = [stage('ramp', 50, 1000, 20), hold('over', 1000, 20), hold('low', 250, 25)]
    expect(recoveryOf(stages, withGatewayTimeout(d1, 1))).toMatchObject({
      recovered: false,
      metastable: false,
    })
  })

  test('a server that stays slow once it was overloaded is metastable', () => {
    const latched: ServerModel = () => {
      let free = 0
      let tripped = false
      return at => {
        if (free - at > 1) tripped = true
        free = Math.max(at, free) + (tripped ? 0.02 : 0.002)
        if (free - at > 2) free = at + 2
        return free - at > 1 ? { status: 502, endsAt: at + 0.001 } : { status: 200, endsAt: free }
      }
    }
    expect(recoveryOf([ramp, hold('low', 250, 40)], latched)).toMatchObject({
      recovered: false,
      seconds: null,
      metastable: true,
    })
  })
})

test('there is nothing to recover from without overload, nor any telling without a lower rate afterwards', () => {
  expect(recoveryOf([stage('ramp', 50, 300, 20), hold('low', 100, 10)], d1)).toBeNull()
  expect(recoveryOf([ramp], d1)).toBeNull()
})
