import { countsOf } from '../../src/result/counts.ts'
import type { MeasuredSystem } from '../../src/sizing/measured-system.ts'
import { SIZING_DEFAULTS } from '../../src/sizing/sizing-question.ts'
import type { SizingQuestion } from '../../src/sizing/sizing-question.ts'

/** So many backends that carried `rps` together, ± 2 % unless told. */
export function measuredSystem(
  rps: number,
  backends = 1,
  { width = 0.02, ...rest }: Partial<MeasuredSystem> & { readonly width?: number } = {},
): MeasuredSystem {
  return {
    label: `${backends}.json`,
    backends,
    capacity: { rps, low: rps * (1 - width), high: rps * (1 + width) },
    responseTime: 0.038,
    responseTimeP99: 0.12,
    serviceTimes: countsOf([1000, 2000, 3000, 4000]),
    bytesPerAnswer: 10_000,
    routes: [
      {
        name: 'home',
        method: 'GET',
        path: '/',
        share: 1,
        responseTime: 0.038,
        bytesPerAnswer: 10_000,
        head: null,
      },
    ],
    ...rest,
  }
}

/** One backend that carries 408/s at its lower end. */
export const lowerEnd408: MeasuredSystem = measuredSystem(420, 1, {
  capacity: { rps: 420, low: 408, high: 432 },
})

export const question = (
  peak: number | SizingQuestion['peak'],
  rest: Partial<SizingQuestion> = {},
): SizingQuestion => ({
  ...SIZING_DEFAULTS,
  peak: typeof peak === 'number' ? { low: peak, high: peak } : peak,
  ...rest,
})
