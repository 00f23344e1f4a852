import { plannedLoad, survivors } from './backends-need.ts'
import { ONE_OBJECT } from './cdn/cdn-question.ts'
import type { CdnQuestion } from './cdn/cdn-question.ts'
import type { MeasuredSystem } from './measured-system.ts'
import { grownPeak } from './origin-load.ts'
import type { ScalingLaw } from './scaling-law.ts'
import type { SizingQuestion } from './sizing-question.ts'
import type { CdnWish } from './sizing-wish.ts'

/** What to ask of a cache before so many backends: what is left of them after the loss has to carry what it lets through. */
export function askCdn(
  system: MeasuredSystem,
  law: ScalingLaw,
  backends: number,
  { question, utilisation }: { readonly question: SizingQuestion; readonly utilisation: number },
  { cache, objects, ttls }: CdnWish,
): CdnQuestion {
  return {
    peak: grownPeak(question),
    capacity: plannedLoad(law.at(survivors(backends, question)).low, { question, utilisation }),
    fetchTime: system.responseTime,
    routes: system.routes.map(({ name, method, path, share, bytesPerAnswer, head }) => ({
      name,
      method,
      path,
      share,
      bytesPerAnswer,
      head,
      ttl: ttls.get(name) ?? null,
      objects: objects.get(name) ?? ONE_OBJECT,
    })),
    cache,
  }
}
