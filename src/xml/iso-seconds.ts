const secondsOfDay = 86_400;
const twoDigits = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'));

/** The dates of a listing are mostly of few days: the day's text is kept from one to the next. */
let lastDay = Number.NaN;
let lastDayText = '';

/** A date as documents show it: whole seconds, so that a listing agrees with Last-Modified. */
export function isoSeconds(date: Date): string {
  const seconds = Math.floor(date.getTime() / 1000);
  const day = Math.floor(seconds / secondsOfDay);
  if (day !== lastDay) {
    lastDayText = date.toISOString().slice(0, -'00:00:00.000Z'.length);
    lastDay = day;
  }
  const time = seconds - day * secondsOfDay;
  const [hour, minute, second] = [Math.floor(time / 3600), Math.floor(time / 60) % 60, time % 60];
  return `${lastDayText}${twoDigits[hour]}:${twoDigits[minute]}:${twoDigits[second]}.000Z`;
}
