// Formatters for numbers, dates and lists, cached by language and options: creating one takes longer than using it, and
// tables have many cells.

function cached<O extends object, F>(make: (language: string, options: O) => F) {
  const formats = new Map<string, F>();
  return (language: string, options: O): F => {
    const key = `${language} ${JSON.stringify(options)}`;
    let format = formats.get(key);
    if (!format) formats.set(key, (format = make(language, options)));
    return format;
  };
}

/** `language`: VS Code's language ID, such as "en" or "ja". */
export const numberFormat = cached(
  (language: string, options: Intl.NumberFormatOptions) => new Intl.NumberFormat(language, options),
);

export const dateFormat = cached(
  (language: string, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(language, options),
);

export const listFormat = cached(
  (language: string, options: Intl.ListFormatOptions) => new Intl.ListFormat(language, options),
);
