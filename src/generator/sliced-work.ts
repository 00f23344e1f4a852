/** Between two steps the thread is left to others for this long. */
const REST_MS = 2

/** Carries out long work a step at a time, so that it never holds a shared processor for long. */
export class SlicedWork {
  readonly #waiting: (() => boolean)[] = []

  /** `onDone` gets what `work` returns; pieces of work are done in the order in which they came. */
  add<T>(work: Iterator<unknown, T>, onDone: (done: T) => void): void {
    this.#waiting.push(() => {
      const step = work.next()
      if (step.done === true) onDone(step.value)
      return step.done === true
    })
    if (this.#waiting.length === 1) this.#rest()
  }

  /** Does all that is left, at once. */
  finish(): void {
    while (this.#waiting.length > 0) this.#step()
  }

  #rest(): void {
    setTimeout(() => {
      this.#step()
      if (this.#waiting.length > 0) this.#rest()
    }, REST_MS)
  }

  #step(): void {
    if (this.#waiting[0]?.() === true) this.#waiting.shift()
  }
}
