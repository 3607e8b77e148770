/** JavaScript: nobody reads it. */
export function helper() {
  return 4;
}
