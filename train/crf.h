#ifndef QUOTED_TRAIN_CRF_H
#define QUOTED_TRAIN_CRF_H

/* Trains the linear-chain CRF of extract/tagger.h by stochastic gradients with FTRL-proximal steps (McMahan et al., "Ad Click Prediction: a
   View from the Trenches", 2013), whose L1 term leaves most weights at zero, and with feature dropout. Deterministic for a seed. Not
   thread-safe. */

#include "extract/tagger.h"
#include "train/tagged.h"

struct crf_options {
    double alpha; /* step size */
    double beta;  /* damps the first steps */
    double l1;
    double l2;
    double dropout; /* share of a token's features left out in each visit */
    int epochs;
    int count_min; /* rarer features are not learnt */
    uint64_t seed;
    size_t features_max; /* kept in the model, the heaviest */
};

/* The model in the format of struct tagger_header, owned: free. NULL without memory. */
struct tagger_header *crf_train(const struct tagged *tagged, const struct crf_options *options, size_t *ret_size);

#endif
