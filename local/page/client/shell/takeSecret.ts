const KEY = "paddock.secret";

/**
 * The secret of the address that `npm start` prints, `/#secret=…`: kept for this tab, and taken out of the address, where
 * it would be seen and copied. Empty where there is none.
 */
export function takeSecret(): string {
  const [, given] = /^#secret=([\w-]+)$/.exec(location.hash) ?? [];
  if (given === undefined) return sessionStorage.getItem(KEY) ?? "";
  sessionStorage.setItem(KEY, given);
  history.replaceState(null, "", "/#/try");
  return given;
}
