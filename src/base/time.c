#include "base/time.h"

enum { DAY_S = 86400, YEAR_MIN = 1970, YEAR_MAX = 9999, FRACTION_MAX = 6 };

static bool is_leap(unsigned year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static unsigned days_in(unsigned year, unsigned month)
{
    static const uint8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    return days[month - 1] + (month == 2 && is_leap(year) ? 1u : 0u);
}

static uint64_t leap_days_before(unsigned year)
{
    uint64_t y = year - 1;

    return y / 4 - y / 100 + y / 400;
}

static uint64_t days_before_year(unsigned year)
{
    return (uint64_t)(year - YEAR_MIN) * 365 + leap_days_before(year) - leap_days_before(YEAR_MIN);
}

static bool read_digits(struct hf_bytes text, size_t from, size_t count, unsigned *out)
{
    unsigned n = 0;

    for (size_t i = from; i < from + count; i++) {
        if (!hf_is_digit(text.at[i]))
            return false;
        n = n * 10 + (unsigned)(text.at[i] - '0');
    }
    *out = n;
    return true;
}

static bool is_fraction(struct hf_bytes text)
{
    if (text.len == 0)
        return true;
    if (text.at[0] != ',' || text.len < 2 || text.len > FRACTION_MAX + 1)
        return false;
    for (size_t i = 1; i < text.len; i++)
        if (!hf_is_digit(text.at[i]))
            return false;
    return true;
}

hf_status hf_timestamp_parse(struct hf_bytes text, uint64_t *out_s)
{
    unsigned year, month, day, hour, minute, second;
    uint64_t days;

    if (text.len < HF_TIMESTAMP_LEN || text.at[8] != 'T'
        || !is_fraction(hf_bytes_from(text, HF_TIMESTAMP_LEN)))
        return HF_ERR_MALFORMED;
    if (!read_digits(text, 0, 4, &year) || !read_digits(text, 4, 2, &month)
        || !read_digits(text, 6, 2, &day) || !read_digits(text, 9, 2, &hour)
        || !read_digits(text, 11, 2, &minute) || !read_digits(text, 13, 2, &second))
        return HF_ERR_MALFORMED;
    if (year < YEAR_MIN || month < 1 || month > 12 || day < 1 || day > days_in(year, month)
        || hour > 23 || minute > 59 || second > 59)
        return HF_ERR_MALFORMED;
    days = days_before_year(year) + day - 1;
    for (unsigned m = 1; m < month; m++)
        days += days_in(year, m);
    *out_s = days * DAY_S + hour * 3600u + minute * 60u + second;
    return HF_OK;
}

static void put_digits(struct hf_writer *w, uint64_t n, unsigned count)
{
    uint64_t unit = 1;

    for (unsigned i = 1; i < count; i++)
        unit *= 10;
    for (; unit > 0; unit /= 10)
        hf_put_u8(w, (uint8_t)('0' + n / unit % 10));
}

void hf_put_timestamp(struct hf_writer *w, uint64_t time_s)
{
    uint64_t days, second;
    unsigned year, month = 1;

    if (time_s > HF_TIME_MAX_S)
        time_s = HF_TIME_MAX_S;
    days = time_s / DAY_S;
    second = time_s % DAY_S;
    year = YEAR_MIN + (unsigned)(days / 366); /* never too late; at most a few years early */
    while (year < YEAR_MAX && days_before_year(year + 1) <= days)
        year++;
    days -= days_before_year(year);
    while (days >= days_in(year, month))
        days -= days_in(year, month++);
    put_digits(w, year, 4);
    put_digits(w, month, 2);
    put_digits(w, days + 1, 2);
    hf_put_u8(w, 'T');
    put_digits(w, second / 3600, 2);
    put_digits(w, second / 60 % 60, 2);
    put_digits(w, second % 60, 2);
}
