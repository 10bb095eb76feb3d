"""Trains the forest of functions/iris/model/train.py for scikit-learn itself: python train_iris.py FILE.joblib"""

import sys

import joblib
import numpy as np
from sklearn.datasets import load_iris
from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import train_test_split

iris = load_iris()
species = iris.target_names[iris.target].astype(object)
rows, _, labels, _ = train_test_split(
    iris.data.astype(np.float32), species, test_size=0.33, random_state=42
)
joblib.dump(RandomForestClassifier(n_estimators=64, random_state=42).fit(rows, labels), sys.argv[1])
