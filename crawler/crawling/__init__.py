"""Scrapy around visits: what a person typed becomes plans, and plans become visits in this process."""
