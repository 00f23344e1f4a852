import type { Exchange } from '../result/exchange.ts'
import { isNeverSent } from '../result/outcome.ts'
import type { OutcomeCode } from '../result/outcome.ts'
import { DenseHistogram } from './dense-histogram.ts'
import { HistogramPool } from './histogram-pool.ts'
import { closeHandshakes, closeSeries, openHandshakes, openSeries, openWindow } from './open-window.ts'
import type { OpenSeries, OpenWindow } from './open-window.ts'
import type { HealthPart, TickPart, WindowPart } from './window-part.ts'

/** Outcome codes are below 1000, so request and code make one key. */
const CODES = 1000

/** In ns from the start of the trial. */
interface Span {
  readonly from: number
  readonly to: number
}

/**
 * Outcomes to windows. A request is counted in the window of its intended start, however late its answer; `flow`
 * and in-flight go by the clock. Nothing is allocated for a request once its window knows its outcome, and
 * histograms are used again from window to window.
 */
export class Recorder {
  #spans: readonly Span[]
  readonly #good: Uint8Array
  readonly #slowNs: number
  readonly #windows: (OpenWindow | undefined)[]
  readonly #pool = new HistogramPool()
  readonly #endedUs = new DenseHistogram()
  readonly #failures = new Map<OutcomeCode, number>()
  /** What the clock sees after the last window. */
  #drain = { answered: 0, good: 0, ended: 0 }
  #drainArea = 0
  #slow = 0
  #clockWindow = 0
  #reached: number
  #closed = 0
  #inFlight = 0
  #lastChange = 0

  /**
   * `spans` are the windows in order of time, without a gap; `isGood` says which statuses each request expects;
   * ticks count the good answers slower than `slowNs`.
   */
  constructor(
    spans: readonly Span[],
    requests: number,
    isGood: (request: number, status: number) => boolean,
    slowNs: number = Infinity,
  ) {
    this.#spans = spans
    this.#windows = Array.from({ length: spans.length }, () => undefined)
    this.#reached = spans.length
    this.#slowNs = slowNs
    this.#good = new Uint8Array(requests * CODES)
    for (let request = 0; request < requests; request += 1) {
      for (let status = 100; status < CODES; status += 1) {
        this.#good[request * CODES + status] = isGood(request, status) ? 1 : 0
      }
    }
  }

  /**
   * The trial has grown: `spans` are all its windows, the known ones unchanged. What was seen past their end while
   * this was awaited belongs to the first new one.
   */
  extend(spans: readonly Span[]): void {
    const first = this.#spans.length
    this.#spans = spans
    this.#reached = spans.length
    while (this.#windows.length < spans.length) this.#windows.push(undefined)
    if (this.#clockWindow < first || spans.length === first) return
    const open = this.#open(first)
    open.flow = this.#drain
    open.busyArea += this.#drainArea
    this.#drain = { answered: 0, good: 0, ended: 0 }
    this.#drainArea = 0
  }

  get inFlight(): number {
    return this.#inFlight
  }

  /** The window that the clock is in; past the last one, their number. */
  get clockWindow(): number {
    return this.#clockWindow
  }

  get drain(): { readonly answered: number; readonly good: number; readonly ended: number } {
    return this.#drain
  }

  /** A request of this window is due at `dueAt`: now, or before what the clock has seen, if the loop stood still. */
  offer(window: number, dueAt: number): void {
    this.#open(window).offered += 1
    this.#track(dueAt)
    if (dueAt < this.#lastChange) this.#addMissed(window, dueAt)
    this.#inFlight += 1
  }

  late(window: number, latenessNs: number): void {
    this.#open(window).lateness.record(latenessNs / 1e3)
  }

  /** A request ended. The caller has moved the clock (`tick`) to the window that `endedAt` lies in. */
  end(exchange: Exchange, code: OutcomeCode, endedAt: number): void {
    const { window, request, intendedAt, sentAt } = exchange
    const open = this.#open(window)
    const series = this.#seriesOf(open, request, code)
    const responseUs = (endedAt - intendedAt) / 1e3
    series.count += 1
    series.bytesRead += exchange.bytesRead
    if (intendedAt < series.firstAt) series.firstAt = intendedAt
    if (!isNeverSent(code)) series.response.record(responseUs)
    if (sentAt >= 0) {
      series.service.record((endedAt - sentAt) / 1e3)
      if (exchange.firstByteAt >= 0) {
        series.firstByte ??= this.#pool.get()
        series.firstByte.record((exchange.firstByteAt - sentAt) / 1e3)
      }
      open.sent += 1
    }
    open.ended += 1
    this.#track(endedAt)
    this.#inFlight -= 1
    const flow = this.#clockWindow < this.#spans.length ? this.#open(this.#clockWindow).flow : this.#drain
    flow.ended += 1
    if (code >= 100) {
      flow.answered += 1
      const good = this.#good[request * CODES + code]!
      flow.good += good
      if (endedAt - intendedAt > this.#slowNs) this.#slow += good
      this.#endedUs.record(responseUs)
    } else {
      this.#failures.set(code, (this.#failures.get(code) ?? 0) + 1)
    }
  }

  /** A connection was opened: how long TCP and then TLS (negative without) took. */
  opened(connectNs: number, tlsNs: number, resumed: boolean): void {
    // After the last window, for what was due before its end.
    if (this.#clockWindow >= this.#spans.length) return
    const window = this.#open(this.#clockWindow)
    window.handshakes ??= openHandshakes(this.#pool)
    window.handshakes.connect.record(connectNs / 1e3)
    if (tlsNs >= 0) window.handshakes.tls.record(tlsNs / 1e3)
    if (resumed) window.handshakes.resumed += 1
  }

  /** Is the clock still inside its window at `now`? Then there is no need to `tick`. */
  isInside(now: number): boolean {
    const span = this.#spans[this.#clockWindow]
    return span === undefined || now < span.to
  }

  /** The clock has left its window (or the trial was stopped at `to`): closes that window's view by the clock. */
  tick(to: number, health: Omit<HealthPart, 'lateness'>): TickPart {
    const index = this.#clockWindow
    const open = this.#open(index)
    this.#track(to)
    open.to = to
    open.inFlightAtEnd = this.#inFlight
    open.health = health
    this.#clockWindow += 1
    const tick: TickPart = {
      index,
      offered: open.offered,
      flow: open.flow,
      slow: this.#slow,
      inFlight: this.#inFlight,
      response: this.#endedUs.take(),
      failures: [...this.#failures],
      health: { ...health, lateness: open.lateness.view() },
    }
    this.#slow = 0
    this.#failures.clear()
    return tick
  }

  /** Nothing more will be offered and the clock is past the end: no window after the present one is reached. */
  cut(): void {
    this.#reached = this.#clockWindow
    this.#clockWindow = this.#spans.length
  }

  /**
   * Windows that can no longer change, in order of time: the clock has left them and all their requests have ended.
   * Only those before `next`, the window of the next request to be offered: after a stall the clock may be ahead of it.
   */
  takeClosed(next: number): WindowPart[] {
    const parts: WindowPart[] = []
    for (;;) {
      const open = this.#windows[this.#closed]
      if (this.#closed >= next || open?.health === undefined || open.ended < open.offered) return parts
      parts.push(this.#close(this.#closed, open, open.health))
      this.#windows[this.#closed] = undefined
      this.#closed += 1
    }
  }

  #close(index: number, open: OpenWindow, health: Omit<HealthPart, 'lateness'>): WindowPart {
    const length = open.to - this.#spans[index]!.from
    return {
      index,
      to: open.to,
      sent: open.sent,
      series: Array.from(open.series.values(), series => closeSeries(series, this.#pool)),
      flow: open.flow,
      inFlight: { mean: length > 0 ? open.busyArea / length : 0, atEnd: open.inFlightAtEnd },
      health: { ...health, lateness: this.#pool.take(open.lateness) },
      handshakes: closeHandshakes(open.handshakes, this.#pool),
    }
  }

  /** Adds the time since the last change to the in-flight integral of the clock's window. */
  #track(now: number): void {
    if (now <= this.#lastChange) return
    const area = this.#inFlight * (now - this.#lastChange)
    if (this.#clockWindow < this.#spans.length) this.#open(this.#clockWindow).busyArea += area
    else this.#drainArea += area
    this.#lastChange = now
  }

  /** Adds the time that the clock has gone through while this request was due and nobody had got round to it. */
  #addMissed(window: number, dueAt: number): void {
    for (let i = window; i <= this.#clockWindow && i < this.#reached; i += 1) {
      const open = this.#open(i)
      const until = Math.min(this.#lastChange, open.to)
      open.busyArea += Math.max(0, until - Math.max(dueAt, this.#spans[i]!.from))
      if (i < this.#clockWindow) open.inFlightAtEnd += 1
    }
  }

  #open(index: number): OpenWindow {
    return (this.#windows[index] ??= openWindow(this.#spans[index]!.to, this.#pool))
  }

  #seriesOf(open: OpenWindow, request: number, code: OutcomeCode): OpenSeries {
    const key = request * CODES + code
    let series = open.series.get(key)
    if (series === undefined) {
      series = openSeries(request, code, this.#pool)
      open.series.set(key, series)
    }
    return series
  }
}
