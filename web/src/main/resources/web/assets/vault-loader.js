/*
 * Starts vault.wasm inside the vault frame, and inside recovery.html, which has no page around it.
 *
 * The page around the frame hands over two things, once: one end of a MessagePort and the bytes of vault.wasm. The bytes run only
 * if their SHA-384 is the one written below at build time; this file is itself pinned by integrity and by the frame's policy.
 *
 * It takes the place of TeaVM's wasm-gc-runtime.js, whose every call makes code from text and so dies under this frame's policy.
 * What that file generates is written out here as closures, and only as far as vault.wasm imports it: the build fails when
 * the module wants anything else (CheckLoader). No text becomes code; names of globals and bodies of functions are looked up in
 * fixed tables. There is no Math.random: whoever asks for it stops.
 */
'use strict';
(() => {
  const WASM_SHA384 = '@@WASM_SHA384@@';

  /** What the printed sheets say of recovery.html; empty inside that file itself. */
  const RECOVERY_SHA256 = '@@RECOVERY_SHA256@@';
  const RECOVERY = RECOVERY_SHA256 === '';

  /** What they say of launcher.html; empty where that digest was taken. */
  const LAUNCHER_SHA256 = '@@LAUNCHER_SHA256@@';

  /** Runs what was handed over; the loader's whole life. */
  async function start(bytes, port) {
    try {
      if (typeof crypto.subtle !== 'object') {
        return stop(port, 'vault-tampered', 'The vault needs a secure connection (https) to check itself. Open this page by https.');
      }
      const digest = new Uint8Array(await crypto.subtle.digest('SHA-384', bytes));
      if (btoa(String.fromCharCode(...digest)) !== WASM_SHA384) {
        return stop(port, 'vault-tampered', "The vault's program is not the one that this page expects, so it did not start. Do not continue, and tell the operator.");
      }
      const main = await run(bytes, port);
      main([]);
    } catch (e) {
      return stop(port, 'vault-selftest-failed', 'The vault could not start in this browser. Update it, or use another one.');
    }
  }

  /** Says why nothing runs, here and to the page. */
  function stop(port, token, sentence) {
    const p = document.createElement('p');
    p.className = 'refusal';
    p.setAttribute('role', 'alert');
    p.setAttribute('data-testid', 'error');
    p.setAttribute('data-token', token);
    p.textContent = sentence;
    document.body.replaceChildren(p);
    port.postMessage(JSON.stringify({ type: 'closed', reason: token }));
    port.close();
  }

  /** Compiles and links the module; gives its main function. */
  async function run(bytes, port) {
    const context = { exports: null };
    const module = await WebAssembly.compile(bytes, { builtins: ['js-string'] });
    const imports = {
      ...memoryImports(module),
      teavm: javaImports(context),
      teavmJso: objectImports(context, globalsFor(port)),
      teavmDate: { currentTimeMillis: () => Date.now() },
      teavmConsole: { putcharStdout() {}, putcharStderr() {} },
      teavmMath: { floor: Math.floor, ceil: Math.ceil, sqrt: Math.sqrt, pow: Math.pow, log: Math.log, random: refuseRandom },
      teavmAsync: { offer: refuseThreads, kill: refuseThreads },
    };
    const instance = await WebAssembly.instantiate(module, imports);
    context.exports = instance.exports;
    return instance.exports.main.value;
  }

  /** Every global that the vault may name. */
  function globalsFor(port) {
    return Object.assign(Object.create(null), {
      document,
      crypto,
      performance,
      vaultPort: port,
      vaultWidth: () => innerWidth,
      pixelRatio: () => devicePixelRatio,
      recoveryDigest: RECOVERY_SHA256,
      launcherDigest: LAUNCHER_SHA256,
      setTimeout: (handler, millis) => setTimeout(() => handler(), millis),
      Object,
      Array,
      Int8Array,
      Int32Array,
      createImageBitmap,
      Blob,
      URL,
      ResizeObserver,
      IntersectionObserver,
      ...(RECOVERY ? globalsForPaper() : {}),
    });
  }

  /** What the recovery page may name besides: a camera, to read printed codes. */
  function globalsForPaper() {
    return {
      ...globalsForAsking(),
      hasCamera: typeof navigator.mediaDevices?.getUserMedia === 'function',
      openCamera: () => navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment', width: { ideal: 1920 }, height: { ideal: 1920 } } }),
    };
  }

  /**
   * The server that the page's first script has opened the policy to, if a person said so; only then is there a way to ask it, and
   * nothing takes a key. A note of public things goes from one load of the page to the next.
   */
  function globalsForAsking() {
    const lookUp = document.documentElement.dataset.lookUp ?? '';
    return {
      lookUp,
      takeNote() {
        const note = history.state;
        history.replaceState(null, '');
        return typeof note === 'string' ? note : '';
      },
      reload(note, fragment) {
        history.replaceState(note, '', fragment);
        location.reload();
      },
      ...(lookUp === '' ? {} : { ask }),
    };
  }

  /** A node's scan of all coins takes minutes; a server that wants no name and password answers at once. */
  async function ask(url, body, authorization) {
    const patience = authorization === '' ? 60_000 : 3_600_000;
    const headers = authorization === '' ? {} : { Authorization: authorization };
    const how = { headers, credentials: 'omit', cache: 'no-store', redirect: 'error', referrerPolicy: 'no-referrer', signal: AbortSignal.timeout(patience) };
    const answer = await fetch(url, body === '' ? how : { ...how, method: 'POST', body });
    return { status: answer.status, text: await answer.text() };
  }

  /** Every @JSBody text that the vault may bring, with the function that it stands for. */
  const BODIES = { __proto__: null, 'return str;': (str) => str };

  function refuseRandom() {
    throw new Error('entropy comes from crypto.getRandomValues only');
  }

  function refuseThreads() {
    throw new Error('the vault has no threads');
  }

  /** Linear memory as the module's own section asks for it, in bytes. */
  function memoryImports(module) {
    const [section] = WebAssembly.Module.customSections(module, 'teavm.memoryRequirements');
    const wanted = section ? JSON.parse(new TextDecoder().decode(section)) : {};
    const heap = Math.ceil((wanted.dataSize ?? 0) / 8) * 8;
    const maximum = 0x7fffffff;
    const memory = new WebAssembly.Memory({ initial: Math.max(wanted.min ?? 0, 1), maximum: (maximum - 1 >> 16) + 1 });
    const constant = (value) => new WebAssembly.Global({ value: 'i32', mutable: false }, value);
    return {
      env: { memory },
      teavmMemory: {
        linearMemory: () => memory.buffer,
        notifyHeapResized() {},
        heapOffset: constant(heap),
        maxSize: constant(maximum),
      },
    };
  }

  const JAVA_EXCEPTION = Symbol('javaException');

  /** A Java exception on its way through JavaScript. It carries no message: what went wrong in here stays in here. */
  class JavaError extends Error {
    constructor(context, javaException) {
      super('the vault stopped');
      this[JAVA_EXCEPTION] = javaException;
      context.exports['teavm.setJsException'](javaException, this);
    }
  }

  function javaImports(context) {
    const collected = new FinalizationRegistry(({ queue, ref }) => context.exports['teavm.reportGarbageCollectedValue']?.(queue, ref));
    const strings = new FinalizationRegistry((held) => context.exports['teavm.reportGarbageCollectedString']?.(held));
    return {
      createWeakRef(value, ref, queue) {
        if (queue !== null) collected.register(value, { ref, queue });
        return new WeakRef(value);
      },
      deref: (weak) => weak.deref() ?? null,
      createStringWeakRef(value, held) {
        strings.register(value, held);
        return new WeakRef(value);
      },
      stringDeref: (weak) => weak.deref(),
      takeStackTrace: () => ({ getStack: () => [] }),
      decorateException(javaException) {
        new JavaError(context, javaException);
      },
    };
  }

  /** Java's view of JavaScript objects, and the other way round. */
  function objectImports(context, globals) {
    const OBJECT = Symbol('javaObject');
    const FUNCTIONS = Symbol('functions');
    const ORIGIN = Symbol('functionOrigin');
    const MARKER = Symbol('wrapperCallMarker');
    const jsWrappers = new WeakMap();
    const javaWrappers = new WeakMap();
    const primitiveWrappers = new Map();
    const primitives = new FinalizationRegistry((token) => primitiveWrappers.delete(token));
    const hashCodes = new WeakMap();
    let lastHashCode = 0;

    const named = (name) => {
      if (!(name in globals)) throw new Error('unknown global');
      return globals[name];
    };

    /** Into Java: a Java exception goes on as itself, anything else wrapped. */
    const intoJava = (e) => {
      const exports = context.exports;
      exports['teavm.js.throwException'](e !== null && typeof e === 'object' && JAVA_EXCEPTION in e ? e[JAVA_EXCEPTION] : exports['teavm.js.wrapException'](e));
      throw e;
    };

    /** Out of Java: a Java exception as an Error. */
    const outOfJava = (e) => {
      const exports = context.exports;
      const tag = exports['teavm.javaException'];
      if (e instanceof WebAssembly.Exception && e.is(tag)) {
        const javaException = e.getArg(tag, 0);
        throw exports['teavm.js.extractException'](javaException) ?? exports['teavm.getJsException'](javaException) ?? new JavaError(context, javaException);
      }
      throw e;
    };

    const toJava = (call) => {
      try {
        return call();
      } catch (e) {
        return intoJava(e);
      }
    };
    const toJs = (call) => {
      try {
        return call();
      } catch (e) {
        return outOfJava(e);
      }
    };

    const setProperty = (object, name, value) => {
      if (object === null) throw new Error('the vault sets no globals');
      object[name] = value;
    };
    const callFunction = (fn, ...args) => toJava(() => fn(...args));
    const callMethod = (object, name, ...args) => toJava(() => (object === null ? named(name)(...args) : object[name](...args)));
    const construct = (constructor, ...args) => toJava(() => new constructor(...args));
    const createFunction = (...namesAndBody) => {
      const fn = BODIES[namesAndBody.at(-1)];
      if (fn === undefined) throw new Error('unknown body');
      return (...args) => toJava(() => fn(...args));
    };
    const defineFunction = (fn) => (...args) => toJs(() => fn(...args));
    const bindFunction = (fn, ...args) => fn.bind(null, ...args);
    const arrayOf = (...items) => items;
    const identity = (value) => value;

    const jso = {
      stringBuiltinsSupported: () => true,
      isUndefined: (value) => value === undefined,
      emptyArray: () => [],
      appendToArray: (array, item) => array.push(item),
      concatArray: (a, b) => [...a, ...b],
      unwrapBoolean: (value) => (value ? 1 : 0),
      wrapBoolean: (value) => !!value,
      getProperty: (object, name) => toJava(() => (object === null ? named(name) : object[name])),
      setProperty,
      setPropertyPure: setProperty,
      global: (name) => toJava(() => named(name)),
      isPrimitive: (value, type) => typeof value === type || value === null,
      instanceOf: (value, type) => value instanceof type,
      instanceOfOrNull: (value, type) => value === null || value instanceof type,
      sameRef: (a, b) => a === b,
      getJavaException: (e) => e[JAVA_EXCEPTION],
      getJSException: (e) => context.exports['teavm.getJsException'](e),
      jsExports: () => Object.create(null),
      defineFunction,
      defineStaticMethod(cls, name, fn) {
        cls[name] = defineFunction(fn);
      },
      defineMethod(cls, name, fn) {
        cls.prototype[name] = function (...args) {
          return toJs(() => fn(this, ...args));
        };
      },
      createClass(name, parent, constructor) {
        const inherit = (self, javaObject) => {
          if (parent === null) {
            self[OBJECT] = javaObject;
            self[FUNCTIONS] = null;
          } else {
            parent.call(self, javaObject);
          }
        };
        const whole = function (marker, javaObject) {
          if (marker === MARKER) inherit(this, javaObject);
          else if (constructor === null) throw new Error('not to be made here');
          else return toJs(() => constructor.apply(null, arguments));
        };
        whole.prototype = Object.create(parent ? parent.prototype : Object.prototype);
        whole.prototype.constructor = whole;
        const bound = function (javaObject) {
          return whole.call(this, MARKER, javaObject);
        };
        bound[MARKER] = whole;
        bound.prototype = whole.prototype;
        return bound;
      },
      exportClass: (cls) => cls[MARKER],
      javaObjectToJS(instance, cls) {
        if (instance === null) return null;
        const known = jsWrappers.get(instance)?.deref();
        if (known !== undefined) return known;
        const object = new cls(instance);
        jsWrappers.set(instance, new WeakRef(object));
        return object;
      },
      unwrapJavaObject: (instance) => instance[OBJECT],
      asFunction(instance, name) {
        if (instance === null || instance === undefined) return null;
        const functions = (instance[FUNCTIONS] ??= Object.create(null));
        if (functions[name] === undefined) {
          functions[name] = (...args) => instance[name](...args);
          functions[name][ORIGIN] = instance;
        }
        return functions[name];
      },
      functionAsObject(fn, name) {
        if (fn === null || fn === undefined) return null;
        const origin = fn[ORIGIN];
        if (origin !== undefined && origin[FUNCTIONS]?.[name] === fn) return origin;
        return { [name]: defineFunction(fn) };
      },
      wrapObject(object) {
        if (object === null) return null;
        const create = () => context.exports['teavm.jso.createWrapper'](object);
        if (['object', 'function', 'symbol'].includes(typeof object)) {
          const own = object[OBJECT];
          if (typeof own === 'object') return own;
          const known = javaWrappers.get(object)?.deref();
          if (known !== undefined) return known;
          const wrapper = create();
          javaWrappers.set(object, new WeakRef(wrapper));
          return wrapper;
        }
        const known = primitiveWrappers.get(object)?.deref();
        if (known !== undefined) return known;
        const wrapper = create();
        primitiveWrappers.set(object, new WeakRef(wrapper));
        primitives.register(wrapper, object);
        return wrapper;
      },
      hashCode(object) {
        if (typeof object === 'number') return object | 0;
        if (typeof object === 'boolean') return object ? 1 : 0;
        if (object === null || (typeof object !== 'object' && typeof object !== 'function')) return 0;
        if (!hashCodes.has(object)) hashCodes.set(object, ++lastHashCode);
        return hashCodes.get(object);
      },
      apply: (object, name, args) => callMethod(object, name, ...args),
    };
    for (const type of ['Byte', 'Short', 'Char', 'Int', 'Long', 'Float', 'Double']) {
      jso['wrap' + type] = identity;
      jso['unwrap' + type] = identity;
    }
    for (let i = 0; i < 10; i++) {
      jso['createFunction' + i] = createFunction;
      jso['bindFunction' + i] = bindFunction;
      jso['callFunction' + i] = callFunction;
      jso['callMethod' + i] = callMethod;
      jso['construct' + i] = construct;
      jso['arrayOf' + i] = arrayOf;
    }
    return jso;
  }

  addEventListener('message', function take(event) {
    const data = event.data;
    const ours = event.source === parent && (parent === window) === RECOVERY && data !== null && typeof data === 'object' && data.trefoil === 'port';
    if (!ours) return;
    removeEventListener('message', take);
    if (data.wasm instanceof ArrayBuffer && event.ports.length === 1) start(data.wasm, event.ports[0]);
  });
  if (parent !== window) parent.postMessage({ trefoil: 'frame-ready' }, '*');
})();
