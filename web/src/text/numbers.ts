import type { Language } from "./language";
import { strings } from "./language";

/** Numbers, sizes and times as the reader's language writes them. null is a dash, never a zero. */
export class Numbers {
  private readonly locale: string;
  private readonly whole: Intl.NumberFormat;
  private readonly short: Intl.NumberFormat;
  private readonly clockFormat: Intl.DateTimeFormat;
  private readonly dayFormat: Intl.DateTimeFormat;
  private readonly minuteFormat: Intl.DateTimeFormat;
  private readonly momentFormat: Intl.DateTimeFormat;

  constructor(private readonly language: Language) {
    this.locale = language === "zh" ? "zh-CN" : "en-GB";
    this.whole = new Intl.NumberFormat(this.locale, { maximumFractionDigits: 0 });
    this.short = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });
    const clock = { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" } as const;
    const day = { month: "short", day: "numeric" } as const;
    this.clockFormat = new Intl.DateTimeFormat(this.locale, clock);
    this.minuteFormat = new Intl.DateTimeFormat(this.locale, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
    this.dayFormat = new Intl.DateTimeFormat(this.locale, day);
    this.momentFormat = new Intl.DateTimeFormat(this.locale, { ...day, ...clock });
  }

  count(value: number | null | undefined): string {
    return value == null ? "–" : this.whole.format(value);
  }

  /** 11.9K: where there is no room for all digits. */
  compact(value: number): string {
    return Math.abs(value) < 10_000 && Number.isInteger(value) ? this.whole.format(value) : this.short.format(value);
  }

  /** Up to three significant digits, for rates and shares. */
  measure(value: number | null | undefined): string {
    if (value == null) return "–";
    if (Math.abs(value) >= 100) return this.whole.format(value);
    return new Intl.NumberFormat(this.locale, { maximumFractionDigits: Math.abs(value) >= 10 ? 1 : 2 }).format(value);
  }

  change(value: number): string {
    return value === 0 ? "±0" : (value > 0 ? "+" : "−") + this.whole.format(Math.abs(value));
  }

  percent(value: number | null | undefined): string {
    if (value == null) return "–";
    if (value > 0 && value < 0.1) return "< 0.1 %";
    const digits = value < 10 ? 1 : 0;
    return new Intl.NumberFormat(this.locale, { minimumFractionDigits: value === 0 ? 0 : digits, maximumFractionDigits: digits }).format(value) + " %";
  }

  bytes(value: number | null | undefined): string {
    if (value == null) return "–";
    let size = value;
    let unit = 0;
    const units = ["B", "KiB", "MiB", "GiB", "TiB"];
    while (size >= 1024 && unit < units.length - 1) {
      size /= 1024;
      unit++;
    }
    return `${unit === 0 ? this.whole.format(size) : this.measure(size)} ${units[unit]}`;
  }

  /** A value in the unit that the server names. */
  inUnit(value: number | null | undefined, unit: string): string {
    return unit === "bytes" ? this.bytes(value) : this.count(value);
  }

  milliseconds(value: number | null | undefined): string {
    return value == null ? "–" : `${this.measure(value)} ms`;
  }

  /** The two largest units: 3 h 12 min. */
  duration(seconds: number): string {
    const units = strings(this.language).units;
    const parts: [number, string][] = [
      [86_400, units.d],
      [3600, units.h],
      [60, units.min],
      [1, units.s],
    ];
    if (seconds < 1) return `${this.measure(seconds)} ${units.s}`;
    if (seconds < 60 && !Number.isInteger(seconds)) return `${this.measure(Math.round(seconds * 10) / 10)} ${units.s}`;
    let rest = Math.round(seconds);
    const words: string[] = [];
    for (const [size, name] of parts) {
      const count = Math.floor(rest / size);
      if (count > 0) words.push(`${this.whole.format(count)} ${name}`);
      else if (words.length > 0) break;
      rest -= count * size;
      if (words.length === 2) break;
    }
    return words.join(" ") || `0 ${units.s}`;
  }

  /** The largest unit alone, for where there is no room: 3 h. */
  age(seconds: number): string {
    const unit = [86_400, 3600, 60].find((size) => seconds >= size) ?? 1;
    return this.duration(Math.floor(seconds / unit) * unit);
  }

  /** 14:05:23 */
  clock(milliseconds: number): string {
    return this.clockFormat.format(milliseconds);
  }

  /** 22 Nov, 14:05:23 */
  moment(milliseconds: number): string {
    return this.momentFormat.format(milliseconds);
  }

  /** The time as an axis of so many seconds writes it. */
  tick(milliseconds: number, stepSeconds: number): string {
    if (stepSeconds < 60) return this.clockFormat.format(milliseconds);
    const date = new Date(milliseconds);
    if (stepSeconds >= 86_400 || (date.getHours() === 0 && date.getMinutes() === 0)) return this.dayFormat.format(milliseconds);
    return this.minuteFormat.format(milliseconds);
  }
}
