/** Who goes through the sign-in pages that a command opens. */
export interface Visitor extends AsyncDisposable {
  /** Said once, before the first sign-in. */
  readonly introduction: string;
  /**
   * Opens a page and signs in there as a person.
   * @param person as the sandbox calls them, for example `ada`
   * @param name as the page shows them
   */
  visit(url: string, person: string, name: string): Promise<void>;
}
