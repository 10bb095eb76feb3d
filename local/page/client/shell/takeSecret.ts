const KEY = "paddock.secret";
const GIVEN = /^#secret=([\w-]+)$/;

// The address is pasted into a tab that has the page already: a browser does not load it again then.
addEventListener("hashchange", () => GIVEN.test(location.hash) && location.reload());

/**
 * The secret of the address that `npm start` prints, `/#secret=…`: kept for this tab, and taken out of the address, where
 * it would be seen and copied. Empty where there is none.
 */
export function takeSecret(): string {
  const [, given] = GIVEN.exec(location.hash) ?? [];
  if (given === undefined) return sessionStorage.getItem(KEY) ?? "";
  sessionStorage.setItem(KEY, given);
  history.replaceState(null, "", "/#/try");
  return given;
}
