export interface LiveRow<T> {
  readonly element: HTMLElement;
  write(item: T): void;
}

/**
 * Rows that are written in place with every report. A row that a person points at or has in the keyboard's focus stays where it is: the order
 * waits until he is gone.
 */
export class LiveRows<T> {
  private readonly rows = new Map<string, LiveRow<T>>();

  constructor(private readonly body: HTMLElement, private readonly keyOf: (item: T) => string, private readonly make: (item: T) => LiveRow<T>) {}

  /** `isAsked`: the person himself wants another order or choice. */
  draw(items: readonly T[], isAsked = false): void {
    const now = new Set<string>();
    const elements = items.map((item) => {
      const key = this.keyOf(item);
      now.add(key);
      let row = this.rows.get(key);
      if (!row) {
        row = this.make(item);
        this.rows.set(key, row);
      }
      row.write(item);
      return row.element;
    });
    for (const [key, row] of this.rows) {
      if (now.has(key)) continue;
      row.element.remove();
      this.rows.delete(key);
    }
    if (!isAsked && this.isHeld()) {
      for (const element of elements) if (!element.isConnected) this.body.append(element);
      return;
    }
    elements.forEach((element, place) => {
      const there = this.body.children[place] ?? null;
      if (there !== element) this.body.insertBefore(element, there);
    });
  }

  private isHeld(): boolean {
    return this.body.contains(document.activeElement) || (matchMedia("(hover: hover)").matches && this.body.matches(":hover"));
  }
}
