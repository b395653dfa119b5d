const graphPlotly = () => import('plotly.js-basic-dist-min').then((module) => module.default ?? module);

const graphColour = (name) => {
  const probe = document.createElement('canvas').getContext('2d');
  const bearer = document.body.appendChild(document.createElement('i'));
  bearer.style.color = `var(${name})`;
  probe.fillStyle = getComputedStyle(bearer).color;
  bearer.remove();
  probe.fillRect(0, 0, 1, 1);
  return `rgb(${[...probe.getImageData(0, 0, 1, 1).data].slice(0, 3)})`;
};

const graphColoured = (part) => {
  if (typeof part === 'string') return part.startsWith('--') ? graphColour(part) : part;
  if (Array.isArray(part)) return part.map(graphColoured);
  if (part && typeof part === 'object')
    return Object.fromEntries(Object.entries(part).map(([name, value]) => [name, graphColoured(value)]));
  return part;
};

const graphConfig = { displayModeBar: false, doubleClick: false, locale: 'fr', locales: { fr: frenchPlotly } };
const graphScheme = typeof matchMedia === 'undefined' ? null : matchMedia('(prefers-color-scheme: dark)');

const graphPrepare = (drawn) => {
  const frame = drawn.closest('[data-graph]');
  const spoken = frame.querySelector('[data-graph-said]');
  let place = -1;
  const said = () => frame.graphFigure.said;
  const say = (at) => {
    place = Math.max(0, Math.min(at, said().length - 1));
    spoken.textContent = said()[place];
    const { _offset: x, _length: width } = drawn._fullLayout.xaxis;
    const step = width / said().length;
    const { t } = drawn._fullLayout._size;
    let mark = drawn.querySelector('.graph-mark') ?? drawn.appendChild(document.createElement('span'));
    mark.className = 'graph-mark';
    mark.style.cssText = `left:${x + place * step}px;width:${step}px;top:${t}px;height:${drawn._fullLayout._size.h}px`;
  };
  const steps = { ArrowLeft: () => place - 1, ArrowRight: () => place + 1, Home: () => 0, End: () => said().length - 1 };
  frame.tabIndex = 0;
  frame.onkeydown = (event) => {
    if (!(event.key in steps)) return;
    event.preventDefault();
    say(place < 0 && event.key === 'ArrowLeft' ? said().length - 1 : steps[event.key]());
  };
  const point = (event) => {
    const { _offset: x, _length: width } = drawn._fullLayout.xaxis;
    const at = Math.floor(((event.clientX - drawn.getBoundingClientRect().left - x) / width) * said().length);
    if (at >= 0 && at < said().length) say(at);
  };
  drawn.addEventListener('pointermove', point);
  drawn.addEventListener('pointerdown', point);
  graphScheme.onchange = () =>
    graphPlotly().then((plotly) => plotly.react(drawn, ...graphParts(frame.graphFigure), graphConfig));
};

const graphThinned = ({ tickvals, ticktext, ...axis }) => {
  const step = Math.ceil((tickvals.length * 48) / Math.min(700, innerWidth - 100));
  const kept = (_, place) => place % step === 0;
  return { ...axis, tickvals: tickvals.filter(kept), ticktext: ticktext.filter(kept) };
};

const graphParts = ({ data, layout }) => [
  graphColoured(data),
  graphColoured({ ...layout, xaxis: graphThinned(layout.xaxis) }),
];

let graphLast = {};
const graphProps = (text) => {
  if (graphLast.text === text) return graphLast.props;
  const figure = text && typeof document !== 'undefined' ? JSON.parse(text) : null;
  const [data, layout] = figure ? graphParts(figure) : [[], {}];
  const keep = (_, drawn) => { drawn.closest('[data-graph]').graphFigure = figure; };
  const props = {
    data, layout, config: graphConfig, style: { width: '100%' }, useResizeHandler: true, onUpdate: keep,
    onInitialized: (_, drawn) => { keep(_, drawn); graphPrepare(drawn); },
  };
  graphLast = { text, props };
  return props;
};
