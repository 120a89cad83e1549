/*
 * Gives pages back to the operating system, and advises it about huge ones: two functions over one
 * Uint8Array, in plain Node-API.
 *
 *   discard(range)               0: the range reads as zero and its pages went back; else an errno
 *   adviseHugePages(range, on)   0: the advice was taken; else an errno; contents never change
 *
 * The range is a view and not a pointer with numbers, so that the engine has checked its bounds before C
 * sees it. What is smaller than an OS page is rounded inward: madvise rounds a length up, and would clear
 * bytes that belong to a neighbour.
 *
 * Linux is verified. The branches for macOS and Windows are written from their documentation.
 */
#define NAPI_VERSION 8
#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <node_api.h>

#if defined(_WIN32)
#define WIN32_LEAN_AND_MEAN
#include <windows.h>
#else
#include <sys/mman.h>
#include <unistd.h>
#endif

/* What a transparent huge page is on x86-64 and on arm64 with 4 KiB pages. */
#define HUGE_PAGE ((uintptr_t)2 << 20)

typedef struct {
  uint8_t *start;
  size_t length;
} span;

static uintptr_t os_page(void) {
#if defined(_WIN32)
  SYSTEM_INFO info;
  GetSystemInfo(&info);
  return info.dwPageSize;
#else
  return (uintptr_t)sysconf(_SC_PAGESIZE);
#endif
}

/* The largest span of whole units inside `outer`; its length may be 0. `unit` is a power of two. */
static span inward(span outer, uintptr_t unit) {
  uintptr_t first = ((uintptr_t)outer.start + unit - 1) & ~(unit - 1);
  uintptr_t last = ((uintptr_t)outer.start + outer.length) & ~(unit - 1);
  span inner = {(uint8_t *)first, last > first ? last - first : 0};
  return inner;
}

/* Gives whole pages back. On failure the contents are as they were, unless the OS promises nothing about
   discarded contents and they had to be cleared first; see the last lines of both branches. */
static int release_pages(span pages) {
#if defined(__linux__)
  return madvise(pages.start, pages.length, MADV_DONTNEED) == 0 ? 0 : errno;
#elif defined(__APPLE__)
  /* A reusable page keeps its contents or reads as zero, as the kernel likes: cleared first, both read as
     zero. MADV_FREE_REUSE changes nothing, and fails where MADV_FREE_REUSABLE would. */
  if (madvise(pages.start, pages.length, MADV_FREE_REUSE) != 0) return errno;
  memset(pages.start, 0, pages.length);
  return madvise(pages.start, pages.length, MADV_FREE_REUSABLE) == 0 ? 0 : errno;
#elif defined(_WIN32)
  /* "The contents are undefined": in effect the old ones or zeros, since no page of another process may
     show. Cleared first, both read as zero. */
  memset(pages.start, 0, pages.length);
  return DiscardVirtualMemory(pages.start, pages.length) == ERROR_SUCCESS ? 0 : EIO;
#else
  (void)pages;
  return ENOSYS;
#endif
}

static int discard(span range) {
  span pages = inward(range, os_page());
  if (pages.length == 0) return EINVAL;
  int failure = release_pages(pages);
  if (failure != 0) return failure;
  size_t head = (size_t)(pages.start - range.start);
  memset(range.start, 0, head);
  memset(pages.start + pages.length, 0, range.length - head - pages.length);
  return 0;
}

static int advise_huge_pages(span range, bool enable) {
#if defined(__linux__)
  span pages = inward(range, enable ? HUGE_PAGE : os_page());
  if (pages.length == 0) return EINVAL;
  return madvise(pages.start, pages.length, enable ? MADV_HUGEPAGE : MADV_NOHUGEPAGE) == 0 ? 0 : errno;
#else
  (void)range;
  (void)enable;
  return ENOSYS;
#endif
}

/* The bytes of a Uint8Array, over shared memory too. Anything else throws a TypeError and gives false. */
static bool to_span(napi_env env, napi_value value, span *out) {
  bool typed = false;
  napi_typedarray_type type;
  void *data = NULL;
  size_t length = 0;
  if (napi_is_typedarray(env, value, &typed) != napi_ok || !typed ||
      napi_get_typedarray_info(env, value, &type, &length, &data, NULL, NULL) != napi_ok ||
      type != napi_uint8_array) {
    napi_throw_type_error(env, "ERR_INVALID_ARG_TYPE", "the range must be a Uint8Array");
    return false;
  }
  out->start = data;
  out->length = data == NULL ? 0 : length;
  return true;
}

static napi_value to_number(napi_env env, int number) {
  napi_value result;
  return napi_create_int32(env, number, &result) == napi_ok ? result : NULL;
}

static napi_value js_discard(napi_env env, napi_callback_info info) {
  napi_value arguments[1];
  size_t count = 1;
  span range;
  if (napi_get_cb_info(env, info, &count, arguments, NULL, NULL) != napi_ok) return NULL;
  if (!to_span(env, arguments[0], &range)) return NULL;
  return to_number(env, discard(range));
}

static napi_value js_advise_huge_pages(napi_env env, napi_callback_info info) {
  napi_value arguments[2];
  size_t count = 2;
  span range;
  bool enable;
  if (napi_get_cb_info(env, info, &count, arguments, NULL, NULL) != napi_ok) return NULL;
  if (!to_span(env, arguments[0], &range)) return NULL;
  if (napi_get_value_bool(env, arguments[1], &enable) != napi_ok) {
    napi_throw_type_error(env, "ERR_INVALID_ARG_TYPE", "enable must be a boolean");
    return NULL;
  }
  return to_number(env, advise_huge_pages(range, enable));
}

NAPI_MODULE_INIT(/* napi_env env, napi_value exports */) {
  const napi_property_descriptor properties[] = {
      {"discard", NULL, js_discard, NULL, NULL, NULL, napi_enumerable, NULL},
      {"adviseHugePages", NULL, js_advise_huge_pages, NULL, NULL, NULL, napi_enumerable, NULL},
  };
  size_t count = sizeof properties / sizeof properties[0];
  return napi_define_properties(env, exports, count, properties) == napi_ok ? exports : NULL;
}
