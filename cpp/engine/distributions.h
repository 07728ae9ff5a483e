#pragma once
// All distributions: each draws from a RandomStream and uses no function of the standard library but sqrt and floor.
#include "engine/alias_table.h"  // AliasTable, zipf_weights
#include "engine/counting.h"     // poisson, binomial, negative_binomial, geometric
#include "engine/exponential.h"  // exponential
#include "engine/gamma.h"        // gamma, erlang, weibull
#include "engine/law.h"          // Law, sample, mean, scv; uniform, triangular
#include "engine/normal.h"       // normal, log_normal, normal_quantile
