// Formats of numbers, times and lists. One takes longer to make than to use, and tables have many cells: each is made
// once for its language and options.

const cached =
  <O extends object, F>(make: (language: string, options: O) => F) =>
  (language: string, options: O): F => {
    const key = `${language} ${JSON.stringify(options)}`;
    const known = (formats.get(make) ?? formats.set(make, new Map()).get(make)) as Map<string, F>;
    let format = known.get(key);
    if (!format) known.set(key, (format = make(language, options)));
    return format;
  };

const formats = new Map<unknown, Map<string, unknown>>();

/** `language` as VS Code names it, such as "en" or "ja". */
export const numberFormat = cached(
  (language: string, options: Intl.NumberFormatOptions) => new Intl.NumberFormat(language, options),
);

export const dateFormat = cached(
  (language: string, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(language, options),
);

export const listFormat = cached(
  (language: string, options: Intl.ListFormatOptions) => new Intl.ListFormat(language, options),
);
