#include "server/watch.h"

#include "base/cleanup.h"
#include "base/time.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/socket.h>

enum { LOOK_MS = 500 };

struct watched {
    struct watched *next;
    struct watched *previous;
    int socket;
    _Atomic int64_t due_ns;
};

struct watch {
    pthread_mutex_t lock; /* of the list and of stopping */
    pthread_cond_t wake;
    pthread_t thread;
    bool stopping;
    struct watched head; /* of a ring */
};

static void look_around(struct watch *watch, int64_t now) {
    for (struct watched *each = watch->head.next; each != &watch->head; each = each->next) {
        if (atomic_load_explicit(&each->due_ns, memory_order_relaxed) > now)
            continue;
        (void)shutdown(each->socket, SHUT_RDWR);
        atomic_store_explicit(&each->due_ns, INT64_MAX, memory_order_relaxed);
    }
}

static void *run(void *context) {
    struct watch *watch = context;
    pthread_mutex_lock(&watch->lock);
    while (!watch->stopping) {
        struct timespec until;
        clock_gettime(CLOCK_MONOTONIC, &until);
        until.tv_nsec += (long)LOOK_MS * 1000000;
        until.tv_sec += until.tv_nsec / 1000000000;
        until.tv_nsec %= 1000000000;
        if (pthread_cond_timedwait(&watch->wake, &watch->lock, &until) == ETIMEDOUT)
            look_around(watch, time_monotonic_ns());
    }
    pthread_mutex_unlock(&watch->lock);
    return NULL;
}

enum result watch_start(struct watch **ret) {
    struct watch *watch = calloc(1, sizeof *watch);
    if (!watch)
        return RESULT_MEMORY;
    watch->head.next = watch->head.previous = &watch->head;
    pthread_condattr_t attributes;
    bool made = pthread_condattr_init(&attributes) == 0;
    made = made && pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC) == 0;
    made = made && pthread_mutex_init(&watch->lock, NULL) == 0;
    made = made && pthread_cond_init(&watch->wake, &attributes) == 0;
    made = made && pthread_create(&watch->thread, NULL, run, watch) == 0;
    (void)pthread_condattr_destroy(&attributes);
    if (!made) {
        free(watch);
        return RESULT_MEMORY;
    }
    *ret = watch;
    return RESULT_OK;
}

void watch_stop(struct watch *watch) {
    if (!watch)
        return;
    pthread_mutex_lock(&watch->lock);
    watch->stopping = true;
    pthread_cond_signal(&watch->wake);
    pthread_mutex_unlock(&watch->lock);
    pthread_join(watch->thread, NULL);
    pthread_cond_destroy(&watch->wake);
    pthread_mutex_destroy(&watch->lock);
    free(watch);
}

struct watched *watch_add(struct watch *watch, int socket) {
    struct watched *watched = calloc(1, sizeof *watched);
    if (!watched)
        return NULL;
    watched->socket = socket;
    watch_allow(watched, HEAD_MS);
    pthread_mutex_lock(&watch->lock);
    watched->next = watch->head.next;
    watched->previous = &watch->head;
    watched->next->previous = watched;
    watch->head.next = watched;
    pthread_mutex_unlock(&watch->lock);
    return watched;
}

void watch_remove(struct watch *watch, struct watched *watched) {
    if (!watched)
        return;
    pthread_mutex_lock(&watch->lock);
    watched->next->previous = watched->previous;
    watched->previous->next = watched->next;
    pthread_mutex_unlock(&watch->lock);
    free(watched);
}

void watch_allow(struct watched *watched, int64_t milliseconds) {
    if (watched)
        atomic_store_explicit(&watched->due_ns, time_monotonic_ns() + milliseconds * 1000000, memory_order_relaxed);
}
