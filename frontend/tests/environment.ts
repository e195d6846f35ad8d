/** htmx looks for `hx-on` attributes by XPath as it loads; the test browser has none, and no page uses them. */
class NoXPath {
  createExpression() {
    return { evaluate: () => ({ iterateNext: () => null }) };
  }
}

Object.assign(globalThis, { XPathEvaluator: NoXPath });
