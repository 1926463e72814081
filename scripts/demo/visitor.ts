/** Goes through the sign-in pages that a command opens. */
export interface Visitor extends AsyncDisposable {
  /** Shown once, before the first sign-in. */
  readonly introduction: string;
  /**
   * Opens a page and signs in there as a person.
   * @param person the sandbox's id, for example `ada`
   * @param name the name on the page
   */
  visit(url: string, person: string, name: string): Promise<void>;
}
