import type { Catalogue, StateInfo, Text } from "./api/contract";
import type { Live } from "./api/live";
import type { Palette } from "./palette";
import type { DestinationTrends } from "./model/destinationTrends";
import type { Recent } from "./model/recent";
import type { Route } from "./model/route";
import type { Language } from "./text/language";
import type { Numbers } from "./text/numbers";
import type { Strings } from "./text/english";

/** What every view may use: the words, the numbers, the data, and the way to other places. */
export interface App {
  readonly language: Language;
  readonly t: Strings;
  readonly numbers: Numbers;
  readonly palette: Palette;
  readonly catalogue: Catalogue;
  readonly live: Live;
  readonly recent: Recent;
  readonly trends: DestinationTrends;
  /** A server's sentence in the reader's language. */
  say(text: Text | null | undefined): string;
  state(name: string): StateInfo | undefined;
  /** Goes to a view: a new entry of the browser's history, or in place of the present one. */
  go(route: Route, inPlace?: boolean): void;
  /** Back to where the visitor came from within this page; `otherwise` when there is no such place. */
  back(otherwise: Route): void;
}

/** One page, mounted. */
export interface Page {
  readonly element: HTMLElement;
  readonly title: string;
  /** Shows another address of the same page without building it anew. False: it cannot. */
  show?(route: Route): boolean;
  /** A key that no field took. True: it was used. */
  key?(event: KeyboardEvent): boolean;
  leave(): void;
}
