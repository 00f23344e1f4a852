import { formatDuration } from '../../units/format.ts'
import { seconds } from '../../units/quantity.ts'

/** A time in seconds as text; `0 s` too, for which there is no unit to choose. */
export const wordSeconds = (value: number): string => (value === 0 ? '0 s' : formatDuration(seconds(value)))
