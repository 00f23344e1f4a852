import { survivors } from '../backends-need.ts'
import type { ScalingLaw } from '../scaling-law.ts'
import type { SizingOption } from '../sizing-answer.ts'
import type { SizingQuestion } from '../sizing-question.ts'
import { expectHolding } from './judge-peak.ts'
import type { PeakSetting, SettingRole } from './verification.ts'

/**
 * What is worth trying: as many backends as are recommended, one fewer, and, where these still hold because of the room to spare, as many as
 * must not. From each those are taken away that are to be survived, as sizing promises to hold without them.
 *
 * @param held for how long, in s; scaled: only one backend's share of the peak is sent, and so many fewer requests tell
 */
export function chooseSettings(
  { backends, originLoad: load }: Pick<SizingOption, 'backends' | 'originLoad'>,
  law: Pick<ScalingLaw, 'at'>,
  question: SizingQuestion,
  { seconds, scaled }: { readonly seconds: number; readonly scaled: boolean },
): readonly PeakSetting[] {
  const settingOf = (role: SettingRole, bought: number): PeakSetting => {
    const built = survivors(bought, question)
    const capacity = built === 0 ? 0 : law.at(built).low
    const sent = (scaled ? load / built : load) * seconds
    const expected = built === 0 ? 'no' : expectHolding(load, capacity, sent)
    return { role, bought, backends: built, capacity, load, expected }
  }
  const recommended = settingOf('recommended', backends)
  const fewer = settingOf('one-fewer', backends - 1)
  const chosen = [recommended, ...(fewer.backends < recommended.backends ? [fewer] : [])]
  // None left holds nothing, and what is lost by one fewer is no gain.
  let [fails, holds] = [0, fewer.expected === 'no' ? 0 : backends - 1]
  while (holds - fails > 1) {
    const middle = Math.floor((fails + holds) / 2)
    if (settingOf('too-few', middle).expected === 'no') fails = middle
    else holds = middle
  }
  if (fails > 0) chosen.push(settingOf('too-few', fails))
  return chosen.filter(one => one.backends > 0)
}
