// In place of React Router's instrumentation: the portal gives it nothing to call.
const same = (instrumented) => instrumented;

export const consumeInstrumentationClientResultMetaReceiver = () => undefined;
export const getRouteInstrumentationUpdates = () => ({});
export const instrumentClientSideRouter = same;
export const instrumentHandler = same;
export const instrumentationResultMetaContext = {};
